package dev.swax.compiler.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value and how it is computed. {@code name} is what the `.swax` file or the lowering calls it;
 * {@code origin} the line it comes from.
 */
public record Node(
    ValueId id,
    Op op,
    List<ValueId> operands,
    TensorType type,
    @Nullable String name,
    @Nullable Origin origin) {
  public Node {
    operands = List.copyOf(operands);
  }

  public ValueId operand(int index) {
    return operands.get(index);
  }
}
