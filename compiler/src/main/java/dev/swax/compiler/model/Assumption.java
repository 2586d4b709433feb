package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;

/** A value marked {@code @assumed("why")}: what was set, to what, and why. */
public record Assumption(String path, String value, String reason, Span span) {}
