package dev.swax.hub.layer;

/**
 * What mixes tokens in layers of one kind.
 *
 * @param name in the text
 * @param there what the names of its tensors begin with in a layer: {@code mamba.}
 */
public record Mixer(String name, String there, Part part) {}
