package dev.swax.hub.weight;

/**
 * A parameter, or some of its rows, beside its numbers in a published tensor.
 *
 * @param plus what is added to a published number to get ours: 1 where the published code
 *     multiplies by {@code 1 + w}
 */
public record Link(String published, String parameter, Layout layout, double plus) {}
