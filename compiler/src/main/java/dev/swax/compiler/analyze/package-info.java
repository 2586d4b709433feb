/**
 * Syntax in, meaning out. Names, units, patterns and sizes are resolved; models become {@link
 * dev.swax.compiler.model.Architecture}, train blocks become plans. Evaluation always ends, and
 * every mistake of the user is a diagnostic. Nothing here computes the costs of a model.
 */
@NullMarked
package dev.swax.compiler.analyze;

import org.jspecify.annotations.NullMarked;
