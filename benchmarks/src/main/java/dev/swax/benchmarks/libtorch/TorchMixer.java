package dev.swax.benchmarks.libtorch;

import org.bytedeco.pytorch.Tensor;

/** Moves information along time: x [B T, D] to [B T, width of the output projection's input]. */
interface TorchMixer {
  /** What the output projection multiplies. */
  Tensor mix(Tensor x);

  /** The output projection. */
  Tensor output();
}
