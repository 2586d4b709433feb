/**
 * Text becomes a syntax tree: lexing, slips that can be named, brackets, the generated parser, and
 * one builder a construct. Everything wrong is reported as a diagnostic; nothing here throws for a
 * user's mistake, and the generated parser is known to this package alone.
 */
@NullMarked
package dev.swax.compiler.parse;

import org.jspecify.annotations.NullMarked;
