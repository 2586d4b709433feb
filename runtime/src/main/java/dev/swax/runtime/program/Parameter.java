package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;

/**
 * A trained tensor with what training keeps beside it: gradient and two moments.
 *
 * @param first moment of AdamW, or the momentum of Muon
 * @param second moment of AdamW; empty where Muon updates it
 * @param kept of which values the moments are; those of all others are in other processes
 */
public record Parameter(
    ParameterSpec spec, Tensor value, Tensor gradient, Tensor first, Tensor second, Kept kept) {

  /**
   * Which moments there are.
   *
   * @param from the first value that has one
   * @param count of values
   * @param second whether each has a second one
   */
  public record Kept(long from, long count, boolean second) {}

  /** With the moments of all of its values. */
  public Parameter(ParameterSpec spec, Tensor value, Tensor gradient, Tensor first, Tensor second) {
    this(
        spec,
        value,
        gradient,
        first,
        second,
        new Kept(0, spec.size(), second.length() >= spec.size()));
  }
}
