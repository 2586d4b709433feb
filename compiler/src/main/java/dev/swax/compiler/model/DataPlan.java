package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.TextSource;

/** A resolved data block. Its paths start at the folder of the file that {@code span} lies in. */
public record DataPlan(
    String name, Span span, String documentation, TextSource source, DocumentBorders borders) {}
