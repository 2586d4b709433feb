package dev.swax.runtime.checkpoint;

import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Looks for NaN and infinity. */
public final class Finite {
  private Finite() {}

  /** Index of the first value that is NaN or infinite, or -1. */
  public static long firstBad(Tensor tensor, long length) {
    for (long i = 0; i < length; i++) {
      if (!Float.isFinite(tensor.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** The first bad value of the tensors in words: {@code `head` holds NaN at [3, 7]}. */
  public static Optional<String> describeBad(List<NamedTensor> tensors) {
    for (NamedTensor tensor : tensors) {
      long at = firstBad(tensor.values(), tensor.count());
      if (at >= 0) {
        return Optional.of(
            "`%s` holds %s at [%d, %d]"
                .formatted(
                    tensor.name(),
                    tensor.values().get(at),
                    (tensor.from() + at) / tensor.columns(),
                    (tensor.from() + at) % tensor.columns()));
      }
    }
    return Optional.empty();
  }
}
