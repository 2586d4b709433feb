package dev.swax.compiler.plan;

import java.util.List;

/** Where a value lives while a program runs. */
public sealed interface Place {
  /**
   * Scratch that all blocks share: {@code columns} floats a token from column {@code offset} on.
   *
   * @param name in the block, unique
   */
  record Scratch(String name, int offset, int columns) implements Place {}

  /** Kept from forward to backward, one tensor a layer. */
  record Saved(String name, int columns) implements Place {}

  /** The residual stream before the layer. */
  record StreamIn() implements Place {}

  /** The residual stream after the layer. */
  record StreamOut() implements Place {}

  /** The gradient of the stream after the layer. */
  record GradientIn() implements Place {}

  /** The gradient of the stream before the layer. */
  record GradientOut() implements Place {}

  /** What a layer lets later layers read, one tensor for each layer that does. */
  record Export(String name, int columns) implements Place {}

  /** The gradient of that, summed over the layers that read it. */
  record ExportGradient(String name) implements Place {}

  /** What an earlier layer, or the embedding, lets this one read. */
  record Read(String name) implements Place {}

  /** The gradient of that, added to. */
  record ReadGradient(String name) implements Place {}

  /** A weight. */
  record Weight(String parameter) implements Place {}

  /** The gradient of a weight, added to. */
  record WeightGradient(String parameter) implements Place {}

  /** A row of numbers that never change. */
  record Fixed(List<Double> values) implements Place {
    public Fixed {
      values = List.copyOf(values);
    }
  }

  /** Losses [T, 1], which the caller reads. */
  record Losses() implements Place {}

  /** Logits [T, vocabulary], which the caller reads. */
  record Logits() implements Place {}
}
