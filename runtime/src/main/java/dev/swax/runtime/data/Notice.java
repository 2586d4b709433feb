package dev.swax.runtime.data;

/**
 * Something about the text that was read which its user should know.
 *
 * @param doubtful whether it is hardly what was meant
 */
public record Notice(String text, boolean doubtful) {}
