package dev.swax.benchmarks.training;

import dev.swax.runtime.checkpoint.NamedTensor;
import java.lang.foreign.Arena;
import java.util.List;

/** A model in training, on one batch that does not change. */
public interface Trainee {
  /** Forward, backward, clipping and optimizer, all complete on return. */
  StepResult step();

  /** The gradients of the last step, in the order of {@link WeightShape#of}, up to one factor. */
  List<NamedTensor> gradients(Arena arena);

  /** Lines about itself. */
  String report();
}
