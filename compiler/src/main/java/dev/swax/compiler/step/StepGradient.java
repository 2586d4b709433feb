package dev.swax.compiler.step;

import dev.swax.compiler.ir.Arithmetic;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.step.StepWriter.View;
import dev.swax.runtime.kernel.step.StepFunction;
import dev.swax.runtime.kernel.step.StepInstruction;
import dev.swax.runtime.kernel.step.StepInstruction.Operand;
import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import dev.swax.runtime.kernel.step.StepProgram;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.kernel.step.StepValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of a step by reverse mode: the instructions of the step, then for each of them, from
 * the last to the first, what its sides get of the gradient of its result. What the step made is
 * made again, where the gradient needs it.
 */
public final class StepGradient {
  private final StepWriter out;
  private final Map<Integer, View> gradients = new LinkedHashMap<>();
  private final Map<Integer, View> parameters = new LinkedHashMap<>();

  private StepGradient(StepWriter out) {
    this.out = out;
  }

  /** The gradient of a whole step. */
  public static StepProgram of(StepWriter step) {
    StepWriter out = step.copy();
    return new StepGradient(out).write(step);
  }

  private StepProgram write(StepWriter step) {
    seed(step);
    List<StepInstruction> forward = List.copyOf(step.instructions());
    for (int i = 0; i < step.values().size(); i++) {
      StepValue value = step.value(i);
      if (value.kind() == StepValue.Kind.PARAMETER) {
        String name = "d:" + value.name();
        parameters.put(i, out.input(StepValue.Kind.GRADIENT, name, value.each(), 1, value.size()));
      }
    }
    for (StepInstruction instruction : forward.reversed()) {
      View dy = gradients.get(instruction.result());
      if (dy != null) {
        back(instruction, dy);
      }
    }
    for (int i = 0; i < step.values().size(); i++) {
      StepValue value = step.value(i);
      if (value.kind() == StepValue.Kind.OPERAND || value.kind() == StepValue.Kind.STATE) {
        View gradient = gradients.get(i);
        out.output("d:" + value.name(), gradient == null ? zeros(i, value) : gradient);
      }
    }
    return out.program();
  }

  private void seed(StepWriter step) {
    step.outputs()
        .forEach((name, value) -> {
          StepValue made = step.value(value);
          var kind = name.equals(StepShape.RESULT) ? StepValue.Kind.OPERAND : StepValue.Kind.STATE;
          add(value, out.input(kind, "d:" + name, made.each(), 1, made.size()));
        });
  }

  private View zeros(int value, StepValue of) {
    return out.multiply(new View(value, of.each(), 1, of.size()), out.constant(0));
  }

  private void add(int value, View gradient) {
    View known = gradients.get(value);
    StepValue of = out.value(value);
    var seen = new View(gradient.value(), of.each(), 1, of.size());
    gradients.put(value, known == null ? seen : out.add(known, seen));
  }

  private void back(StepInstruction i, View dy) {
    if (i.sum() != Sum.NONE || i.function() == StepFunction.MULTIPLY) {
      Reach reach = reach(i.sum());
      var d = new Operand(dy.value(), reach);
      give(i, i.left(), d, i.right());
      give(i, i.right(), d, i.left());
      return;
    }
    View over = over(i);
    View whole = new View(dy.value(), i.each(), i.rows(), i.columns());
    if (i.function().arity() == 1) {
      give(i, i.left(), unary(i, over, whole));
      return;
    }
    switch (i.function()) {
      case ADD -> {
        give(i, i.left(), whole);
        give(i, i.right(), whole);
      }
      case SUBTRACT -> {
        give(i, i.left(), whole);
        give(i, i.right(), out.unary(StepFunction.NEGATE, whole));
      }
      case DIVIDE -> {
        View da =
            out.make(
                StepFunction.DIVIDE,
                Sum.NONE,
                new Operand(whole.value(), Reach.FULL),
                i.right(),
                over);
        View y = new View(i.result(), i.each(), i.rows(), i.columns());
        give(i, i.left(), da);
        give(i, i.right(), out.unary(StepFunction.NEGATE, out.multiply(da, y)));
      }
      case MAXIMUM -> select(i, whole, i.left(), i.right());
      case MINIMUM -> select(i, whole, i.right(), i.left());
      default -> {} // greater has no gradient
    }
  }

  /** dy to the left where {@code more > less}, else to the right. */
  private void select(StepInstruction i, View dy, Operand more, Operand less) {
    View mask = out.make(StepFunction.GREATER, Sum.NONE, more, less, over(i));
    View left = out.multiply(dy, mask);
    give(i, i.left(), left);
    give(i, i.right(), out.binary(StepFunction.SUBTRACT, dy, left));
  }

  private static View over(StepInstruction i) {
    return new View(-1, i.each(), i.rows(), i.columns());
  }

  private static Reach reach(Sum sum) {
    return switch (sum) {
      case NONE, ADDED -> Reach.FULL;
      case ROWS -> Reach.COLUMN;
      case COLUMNS -> Reach.ROW;
      case ALL -> Reach.ONE;
    };
  }

  private void give(StepInstruction i, Operand side, View gradient) {
    give(
        i,
        side,
        new Operand(gradient.value(), Reach.FULL),
        new Operand(out.constant(1).value(), Reach.ONE));
  }

  /** Adds the product of two sides, summed up as the side is spread, to its gradient. */
  private void give(StepInstruction i, Operand side, Operand left, Operand right) {
    StepValue.Kind kind = out.value(side.value()).kind();
    if (kind == StepValue.Kind.CONSTANT) {
      return;
    }
    View parameter = parameters.get(side.value());
    if (parameter != null && side.reach() == Reach.FULL) {
      out.accumulate(parameter, left, right, over(i));
      return;
    }
    boolean copy =
        side.reach() == Reach.FULL
            && left.reach() == Reach.FULL
            && right.equals(new Operand(out.constant(1).value(), Reach.ONE));
    View gradient =
        copy
            ? new View(left.value(), i.each(), i.rows(), i.columns())
            : out.make(
                StepFunction.MULTIPLY, sum(side.reach()), left, right, over(i), split(i, side));
    if (parameter == null) {
      add(side.value(), gradient);
    } else {
      out.accumulate(
          parameter,
          new Operand(gradient.value(), Reach.FULL),
          new Operand(out.constant(1).value(), Reach.ONE),
          gradient);
    }
  }

  /** What is computed for all heads at once goes back to each. */
  private int split(StepInstruction i, Operand side) {
    StepValue value = out.value(side.value());
    return !i.each() && value.each() ? value.size() : 0;
  }

  private static Sum sum(Reach reach) {
    return switch (reach) {
      case FULL -> Sum.NONE;
      case ROW -> Sum.COLUMNS;
      case COLUMN -> Sum.ROWS;
      case ONE -> Sum.ALL;
    };
  }

  /** The rule of the function, said in instructions. */
  private View unary(StepInstruction i, View over, View dy) {
    UnaryFunction function = UnaryFunction.valueOf(i.function().name());
    var graph = new Graph.Builder();
    TensorType type = TensorType.tokens(1);
    ValueId x = graph.named("x", new Op.Input("x", type));
    ValueId d = graph.named("dy", new Op.Input("dy", type));
    ValueId y = graph.add(new Op.Unary(function), x);
    ValueId dx = function.gradient(new Arithmetic(graph), graph.node(y), d);
    Map<ValueId, View> known = new LinkedHashMap<>();
    known.put(x, new View(i.left().value(), over.each(), over.rows(), over.columns()));
    known.put(d, dy);
    known.put(y, new View(i.result(), over.each(), over.rows(), over.columns()));
    return said(graph, graph.node(dx), known);
  }

  private View said(Graph.Builder graph, Node node, Map<ValueId, View> known) {
    View made = known.get(node.id());
    if (made != null) {
      return made;
    }
    List<View> operands = new ArrayList<>();
    for (ValueId operand : node.operands()) {
      operands.add(said(graph, graph.node(operand), known));
    }
    View view =
        switch (node.op()) {
          case Op.Constant(double number) -> out.constant(number);
          case Op.Unary(var function) ->
              out.unary(StepFunction.valueOf(function.name()), operands.getFirst());
          case Op.Binary(var function) ->
              out.binary(StepFunction.valueOf(function.name()), operands.get(0), operands.get(1));
          default -> throw new IllegalStateException("a gradient of one value makes " + node);
        };
    known.put(node.id(), view);
    return view;
  }
}
