package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.source.Span;

/** A number given to a cell's parameter, and where. */
public record CellArgument(double value, Span span) {}
