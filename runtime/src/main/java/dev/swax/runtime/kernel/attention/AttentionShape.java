package dev.swax.runtime.kernel.attention;

/**
 * Softmax attention with grouped heads: query head h reads key head {@code h * keyHeads / heads}.
 * Scores are scaled by {@code headWidth^-1/2}.
 */
public record AttentionShape(int heads, int keyHeads, int headWidth) {}
