package dev.swax.runtime.program;

import dev.swax.runtime.kernel.Kernels;
import java.util.List;

/** Makes programs of one compiled model. */
public interface ProgramFactory {
  /** The model's parameters, in the order of its layers. */
  List<ParameterSpec> parameterSpecs();

  /**
   * A program with its own buffers over shared parameters.
   *
   * @param batch sequences at a time while training, else {@link Program#texts}
   * @param time the most tokens of one call
   * @param context for evaluation: how many past keys each attention layer keeps
   * @param training whether it can {@link Program#accumulate}; otherwise buffers are shared between
   *     layers and it can {@link Program#evaluate}
   */
  Program create(
      Kernels kernels, Parameters parameters, int batch, int time, int context, boolean training);
}
