package dev.swax.compiler.source;

/**
 * The text of one `.swax` file and the name that messages call it by (a path as the user typed it).
 */
public record SourceFile(String name, String text) {}
