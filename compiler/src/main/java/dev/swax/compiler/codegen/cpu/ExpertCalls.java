package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.TensorType;

/** Prints the calls of what experts need: {@code kernels.experts().dispatch(x, places, …)}. */
final class ExpertCalls {
  private final CallEmitter calls;
  private final Node node;

  ExpertCalls(CallEmitter calls, Node node) {
    this.calls = calls;
    this.node = node;
  }

  CodeBlock call(ExpertOp op) {
    return switch (op) {
      case ExpertOp.Choose(var choice) ->
          CodeBlock.of(
              "kernels.experts().choose($L, $L, rows, $L)",
              calls.operand(node, 0),
              calls.results(node, 3),
              calls.constants().choice(choice));
      case ExpertOp.Pick _ ->
          kernel("pick", 2, "rows", calls.columns(node.operand(0)), node.type().columns());
      case ExpertOp.PickGradient(int experts) ->
          kernel("pickGradient", 2, "rows", experts, calls.columns(node.operand(0)));
      case ExpertOp.Dispatch _ ->
          kernel(name("dispatch"), operands(), "rows", slots(1), calls.columns(node.operand(0)));
      case ExpertOp.Combine _ ->
          kernel(name("combine"), operands(), "rows", slots(1), node.type().columns());
      case ExpertOp.SlotDots _ ->
          kernel("slotDots", 3, "rows", slots(2), calls.columns(node.operand(0)));
      case ExpertOp.MatMul m -> matmul(m);
      case ExpertOp.Rows _ -> kernel("rows", 2, slotRows(1), calls.columns(node.operand(0)));
      case ExpertOp.RowsGradient(int experts) ->
          kernel("rowsGradient", 2, slotRows(1), node.type().columns(), experts);
      case ExpertOp.Balance _ ->
          CodeBlock.of(
              "$L.segment().copyFrom($L.segment())", calls.at(node.id()), calls.operand(node, 0));
      case ExpertOp.BalanceGradient(double coefficient) ->
          CodeBlock.of(
              "kernels.experts().balanceGradient($L, $L, $L * predicted(), rows, $L, $L)",
              calls.operands(node, 0, 3),
              calls.at(node.id()),
              coefficient,
              node.type().columns(),
              slots(2));
    };
  }

  private String name(String kernel) {
    return operands() == 3 ? kernel + "Weighted" : kernel;
  }

  private int operands() {
    return node.operands().size();
  }

  private CodeBlock kernel(String name, int operands, Object... sizes) {
    var code = CodeBlock.builder();
    code.add(
        "kernels.experts().$L($L, $L",
        name,
        calls.operands(node, 0, operands),
        calls.at(node.id()));
    for (Object size : sizes) {
      code.add(", $L", size);
    }
    return code.add(")").build();
  }

  private CodeBlock matmul(ExpertOp.MatMul op) {
    TensorType weight = op.transposeLeft() ? node.type() : calls.type(node.operand(1));
    int in = weight.rows() / op.experts();
    int out = weight.columns();
    return CodeBlock.of(
        "kernels.experts().$L($L, $L, $L, $L, $L, $L)",
        op.transposeLeft()
            ? "matmulTransposedLeft"
            : op.transposeRight() ? "matmulTransposedRight" : "matmul",
        calls.operands(node, 0, 3),
        calls.at(node.id()),
        slotRows(2),
        op.transposeRight() ? out : in,
        op.transposeRight() ? in : out,
        op.experts());
  }

  /** Slots of a token, by an operand with a number for each. */
  private int slots(int operand) {
    return calls.columns(node.operand(operand));
  }

  private String slotRows(int operand) {
    return slots(operand) == 1 ? "rows" : "rows * " + slots(operand);
  }
}
