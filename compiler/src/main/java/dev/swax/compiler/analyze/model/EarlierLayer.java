package dev.swax.compiler.analyze.model;

import dev.swax.compiler.model.part.Part;

/** What a body finds where it reads a part of an earlier layer. */
public sealed interface EarlierLayer {
  /**
   * The nearest earlier layer that a value has made.
   *
   * @param layer counted from 0
   * @param path what the names of the part's weights begin with; empty for the block itself
   */
  record Found(int layer, String path, Part part) implements EarlierLayer {}

  /** The layer has faults of its own, which were reported. */
  record Broken() implements EarlierLayer {}

  /**
   * No earlier layer is made of it.
   *
   * @param reader the layer that reads
   * @param later the first later layer that is made of it, or -1
   */
  record Missing(int reader, int later) implements EarlierLayer {}
}
