/**
 * Text becomes a syntax tree. The steps are: the lexer, typical slips with their own messages,
 * brackets, the generated parser, and one builder for each construct. Every mistake of the user is
 * reported as a diagnostic, never thrown. Only this package knows the generated parser.
 */
@NullMarked
package dev.swax.compiler.parse;

import org.jspecify.annotations.NullMarked;
