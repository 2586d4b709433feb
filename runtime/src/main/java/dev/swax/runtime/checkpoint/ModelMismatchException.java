package dev.swax.runtime.checkpoint;

import java.util.List;
import java.util.Map;

/** A whole file whose tensors are not those of the model. The message says which. */
public final class ModelMismatchException extends Exception {
  private static final long serialVersionUID = 1;

  private ModelMismatchException(String message) {
    super(message);
  }

  /** Throws at the first difference between what is wanted and what is there. */
  static void check(List<MatrixShape> wanted, Map<String, TensorEntry> present)
      throws ModelMismatchException {
    for (MatrixShape tensor : wanted) {
      TensorEntry entry = present.get(tensor.name());
      if (entry == null) {
        throw new ModelMismatchException(
            "the model has `%s` %s, the checkpoint has not"
                .formatted(tensor.name(), tensor.text()));
      }
      if (entry.rows() != tensor.rows() || entry.columns() != tensor.columns()) {
        throw new ModelMismatchException(
            "`%s` is %s in the model, but %s in the checkpoint"
                .formatted(tensor.name(), tensor.text(), entry.matrix()));
      }
    }
    for (TensorEntry entry : present.values()) {
      if (wanted.stream().noneMatch(tensor -> tensor.name().equals(entry.name()))) {
        throw new ModelMismatchException(
            "the checkpoint has `%s` %s, the model has not"
                .formatted(entry.name(), entry.matrix()));
      }
    }
  }
}
