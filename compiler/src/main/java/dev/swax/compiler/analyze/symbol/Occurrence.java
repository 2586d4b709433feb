package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.source.Span;

/**
 * A name in a file and what it means there.
 *
 * @param declares whether the name is declared here
 */
public record Occurrence(Span span, Symbol symbol, boolean declares) {}
