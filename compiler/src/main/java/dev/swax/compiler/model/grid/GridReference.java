package dev.swax.compiler.model.grid;

import dev.swax.compiler.source.Span;

/**
 * Values printed elsewhere, one row a line, one column a model.
 *
 * @param file as written; it starts at the folder of the file that {@code span} lies in
 * @param tolerance how far ours may be from them; NaN where nothing is said, which means the
 *     rounding of what is printed
 */
public record GridReference(String file, Span span, double tolerance) {}
