package dev.swax.tornado;

/**
 * A kind of layer, the embedding or the head, as a device sees it.
 *
 * @param forward name of the task graph of its forward pass
 * @param backward name of the task graph of its backward pass
 * @param matrixFloats floats of its weights with decay
 * @param vectorFloats floats of its weights without
 * @param keptColumns floats a token that it keeps from forward to backward
 */
public record DeviceBlock(
    String forward, String backward, int matrixFloats, int vectorFloats, int keptColumns) {}
