/**
 * Syntax in, meaning out: names, units, patterns and sizes are resolved, models become {@link
 * dev.swax.compiler.model.Architecture}, train blocks become plans. Evaluation is strict and total:
 * it always ends and every mistake is a diagnostic. Nothing here computes what a model costs.
 */
@NullMarked
package dev.swax.compiler.analyze;

import org.jspecify.annotations.NullMarked;
