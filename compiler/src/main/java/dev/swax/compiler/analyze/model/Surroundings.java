package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Value;

/**
 * What a part may know of the model that it is in.
 *
 * @param layer that it is in, from 0
 * @param norm of the model
 * @param earlier the layers before
 * @param shared weights that several places have
 */
record Surroundings(
    int width,
    int blocks,
    int layer,
    Value norm,
    ModelWindows windows,
    EarlierLayers earlier,
    SharedParts shared) {
  /** The same in another layer. */
  Surroundings at(int other) {
    return new Surroundings(width, blocks, other, norm, windows, earlier, shared);
  }
}
