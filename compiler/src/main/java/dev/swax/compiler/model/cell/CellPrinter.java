package dev.swax.compiler.model.cell;

import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.scan.ScanShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the compiler understood of a cell: its family, its forms and what a token costs. */
public final class CellPrinter {
  private CellPrinter() {}

  /** Some lines, each ended. */
  public static String explain(Cell cell) {
    var lines = new ArrayList<String>();
    lines.add("cell " + cell.name() + ", width " + cell.width() + ", heads " + cell.heads());
    for (Cell.Definition definition : cell.definitions()) {
      lines.add("  " + definition.name() + shape(definition.value()) + value(definition.value()));
    }
    switch (cell.recurrence()) {
      case Recurrence.Trained trained -> trained(trained, lines);
      case Recurrence.Untrained untrained -> untrained(cell, untrained, lines);
    }
    lines.add("  out = " + CellText.of(cell.output()));
    return String.join("\n", lines) + "\n";
  }

  private static String shape(CellExpression expression) {
    return expression.size() == 1 ? "" : ": [" + expression.size() + "]";
  }

  private static String value(CellExpression expression) {
    return " = " + CellText.of(expression);
  }

  private static void trained(Recurrence.Trained trained, List<String> lines) {
    switch (trained.shape()) {
      case MemoryShape memory -> scalarDecay(memory, trained, lines);
      case DeltaShape delta -> deltaRule(delta, trained, lines);
      case GlaShape gla -> vectorDecay(gla, trained, lines);
      case ScanShape scan -> scan(scan, trained, lines);
      default -> throw new IllegalArgumentException("no words for " + trained.shape());
    }
  }

  private static void scalarDecay(MemoryShape shape, Recurrence.Trained decay, List<String> lines) {
    String query = scaled(shape.scale(), CellText.side(decay.operand("q")));
    String key = CellText.of(decay.operand("k"));
    String logForget = gate(decay.operandOrNull("log_forget"));
    String logInput = gate(decay.operandOrNull("log_input"));
    boolean normalized = shape.normalizer() != MemoryShape.Normalizer.NONE;
    lines.add("  family scalar decay: " + training(shape));
    lines.add(
        "  S' = %sS + %souter(%s, %s)"
            .formatted(logForget, logInput, key, CellText.of(decay.operand("v"))));
    if (normalized) {
      lines.add(
          "  n' = %sn + %s%s".formatted(logForget, logInput, CellText.side(decay.operand("k"))));
    }
    lines.add("  " + decay.result() + " = " + query + " . S'" + divisor(shape, query));
    lines.add(
        String.format(
            Locale.ROOT,
            "  state %d x [%d, %d] = %,d numbers a sequence%s",
            shape.heads(),
            shape.keyWidth(),
            shape.stateColumns(),
            shape.stateSize(),
            normalized ? ", the last column n" : ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "  one token, recurrent: %,d multiply-adds beside the projections",
            recurrentMultiplyAdds(shape)));
  }

  private static void deltaRule(DeltaShape shape, Recurrence.Trained delta, List<String> lines) {
    String key = CellText.of(delta.operand("k"));
    lines.add("  family delta rule: by chunks in training, token by token in generation");
    lines.add(
        "  S' = %sS - %souter(%s, %s . S) + %souter(%s, %s)"
            .formatted(
                gate(delta.operandOrNull("log_decay")),
                factor(delta.operand("erase")),
                key,
                CellText.side(delta.operand("k")),
                factor(delta.operand("write")),
                key,
                CellText.of(delta.operand("v"))));
    String query = scaled(shape.scale(), CellText.side(delta.operand("q")));
    lines.add("  " + delta.result() + " = " + query + " . S'");
    lines.add(
        String.format(
            Locale.ROOT,
            "  state %d x [%d, %d] = %,d numbers a sequence",
            shape.heads(),
            shape.keyWidth(),
            shape.valueWidth(),
            shape.stateNumbers()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  one token, recurrent: %,d multiply-adds beside the projections",
            (shape.decay() ? 4 : 3) * shape.stateNumbers()));
  }

  private static void vectorDecay(GlaShape shape, Recurrence.Trained gla, List<String> lines) {
    lines.add("  family vector decay: by chunks in training, token by token in generation");
    lines.add(
        "  S' = diag(exp(%s)) * S + outer(%s, %s)"
            .formatted(
                CellText.of(gla.operand("log_decay")),
                CellText.of(gla.operand("k")),
                CellText.of(gla.operand("v"))));
    String query = scaled(shape.scale(), CellText.side(gla.operand("q")));
    lines.add("  " + gla.result() + " = " + query + " . S'");
    lines.add(
        String.format(
            Locale.ROOT,
            "  state %d x [%d, %d] = %,d numbers a sequence",
            shape.heads(),
            shape.keyWidth(),
            shape.valueWidth(),
            shape.stateNumbers()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  one token, recurrent: %,d multiply-adds beside the projections",
            3 * shape.stateNumbers()));
  }

  private static String factor(CellExpression gate) {
    boolean one = gate instanceof CellExpression.Constant(_, double value) && value == 1;
    return one ? "" : CellText.side(gate) + " * ";
  }

  private static void scan(ScanShape shape, Recurrence.Trained trained, List<String> lines) {
    lines.add("  family elementwise: a scan over time in training, token by token in generation");
    lines.add(
        "  %s' = %s * %s + %s"
            .formatted(
                trained.result(),
                CellText.side(trained.operand("decay")),
                trained.result(),
                CellText.of(trained.operand("input"))));
    lines.add(
        String.format(
            Locale.ROOT,
            "  state %d x [%d] = %,d numbers a sequence",
            shape.heads(),
            shape.width(),
            shape.stateNumbers()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  one token, recurrent: %,d multiply-adds beside the projections",
            shape.stateNumbers()));
  }

  private static void untrained(Cell cell, Recurrence.Untrained untrained, List<String> lines) {
    lines.add("  not trained yet: " + untrained.reason());
    for (Recurrence.Untrained.State state : untrained.states()) {
      lines.add("  %s' = %s".formatted(state.name(), state.update()));
    }
    for (Recurrence.Untrained.State state : untrained.states()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  state %d x [%d, %d] = %,d numbers a sequence, %s",
              cell.heads(),
              state.rows(),
              state.columns(),
              (long) cell.heads() * state.rows() * state.columns(),
              state.name()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "  one token, recurrent: %,d operations beside the projections",
            untrained.operations()));
  }

  /** Decay where there is one, the outer product and the read: K x columns each, per head. */
  private static long recurrentMultiplyAdds(MemoryShape shape) {
    return (shape.forgetGate() ? 3L : 2L) * shape.stateSize();
  }

  private static String training(MemoryShape shape) {
    return "by chunks in training, token by token in generation"
        + (shape.inputGate() ? ", kept in range by a running maximum" : "");
  }

  private static String gate(@Nullable CellExpression logarithm) {
    return logarithm == null ? "" : "exp(" + CellText.of(logarithm) + ") * ";
  }

  private static String divisor(MemoryShape shape, String query) {
    return switch (shape.normalizer()) {
      case NONE -> "";
      case SUM -> " / (" + query + " . n')";
      case MAX_ABS_ONE -> " / max(abs(" + query + " . n'), 1)";
    };
  }

  private static String scaled(float scale, String query) {
    return scale == 1 ? query : Float.toString(scale) + " * " + query;
  }
}
