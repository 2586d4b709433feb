/**
 * The syntax tree of a file: records with their places. Nothing is resolved, and no rule of the
 * language is checked here.
 */
@NullMarked
package dev.swax.compiler.syntax;

import org.jspecify.annotations.NullMarked;
