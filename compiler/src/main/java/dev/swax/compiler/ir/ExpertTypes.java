package dev.swax.compiler.ir;

import java.util.List;

/** The shape rules of what experts need. */
final class ExpertTypes {
  private final ExpertOp op;
  private final List<TensorType> operands;

  private ExpertTypes(ExpertOp op, List<TensorType> operands) {
    this.op = op;
    this.operands = operands;
  }

  static List<TensorType> results(ExpertOp op, List<TensorType> operands) {
    return new ExpertTypes(op, operands).results();
  }

  private List<TensorType> results() {
    return switch (op) {
      case ExpertOp.Choose(var choice) -> {
        require(isTokens(0, choice.experts()));
        TensorType slots = TensorType.tokens(choice.active());
        yield List.of(slots, slots, slots);
      }
      case ExpertOp.Pick _ -> List.of(operands.get(1));
      case ExpertOp.PickGradient(int experts) -> List.of(TensorType.tokens(experts));
      case ExpertOp.Dispatch _ -> List.of(TensorType.tokens(columns(0) * slots(1)));
      case ExpertOp.Combine _ -> {
        require(columns(0) % slots(1) == 0);
        yield List.of(TensorType.tokens(columns(0) / slots(1)));
      }
      case ExpertOp.SlotDots _ -> {
        require(columns(0) * columns(2) == columns(1));
        yield List.of(operands.get(2));
      }
      case ExpertOp.MatMul m -> List.of(matmul(m));
      case ExpertOp.Rows _ -> List.of(TensorType.tokens(columns(0) * columns(1)));
      case ExpertOp.RowsGradient(int experts) -> {
        require(columns(0) % columns(1) == 0);
        yield List.of(TensorType.fixed(experts, columns(0) / columns(1)));
      }
      case ExpertOp.Balance _, ExpertOp.BalanceGradient _ -> List.of(operands.getFirst());
    };
  }

  private TensorType matmul(ExpertOp.MatMul m) {
    TensorType a = operands.get(0);
    TensorType b = operands.get(1);
    int active = columns(2);
    require(a.perToken() && a.columns() % active == 0);
    if (m.transposeLeft()) {
      require(b.perToken() && b.columns() % active == 0 && !m.transposeRight());
      return TensorType.fixed(m.experts() * (a.columns() / active), b.columns() / active);
    }
    require(!b.perToken() && b.rows() % m.experts() == 0);
    int in = b.rows() / m.experts();
    require(a.columns() / active == (m.transposeRight() ? b.columns() : in));
    return TensorType.tokens(active * (m.transposeRight() ? in : b.columns()));
  }

  /** Slots of a token, by an operand with a number for each; weights of slots have as many. */
  private int slots(int index) {
    require(operands.size() == 2 || operands.get(2).equals(operands.get(index)));
    return columns(index);
  }

  private boolean isTokens(int index, int columns) {
    return operands.get(index).equals(TensorType.tokens(columns));
  }

  private int columns(int index) {
    return operands.get(index).columns();
  }

  private void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException(op + " does not take " + operands);
    }
  }
}
