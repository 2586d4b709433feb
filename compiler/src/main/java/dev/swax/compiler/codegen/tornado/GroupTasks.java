package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.tornado.CallTasks.Kernel;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.TensorType;

/** Tasks of ops that work group by group of columns: a thread makes one number. */
final class GroupTasks {
  private static final ClassName GROUPS = DeviceNames.kernels("GroupKernels");

  private final CallTasks calls;
  private final TaskWords words;

  GroupTasks(CallTasks calls, BlockTasks block) {
    this.calls = calls;
    words = block.words();
  }

  /** Products side by side. */
  Kernel product(Node node, boolean left, boolean right, int blocks) {
    TensorType weight = left ? node.type() : calls.type(node.operand(1));
    return kernel(
        left ? "transposedLeft" : right ? "transposedRight" : "plain",
        node,
        calls.operands(words, node, 2),
        blocks,
        weight.rows() / blocks,
        weight.columns());
  }

  Kernel repeat(Node node, int groups, int times) {
    int width = calls.type(node.operand(0)).columns() / groups;
    return kernel("repeat", node, calls.at(words, node.operand(0)), groups, times, width);
  }

  Kernel sumRepeats(Node node, int groups, int times) {
    int width = node.type().columns() / groups;
    return kernel("sumRepeats", node, calls.at(words, node.operand(0)), groups, times, width);
  }

  /** Columns of each group of an operand, to columns of each group of the result. */
  Kernel copy(
      String step,
      Node node,
      int operand,
      int groups,
      int width,
      int from,
      int toWidth,
      int to,
      int columns) {
    return new Kernel(
        step,
        words,
        CodeBlock.of(
            "$T.copyColumns(context, $L, $L, $L, $L, $L, $L, $L, $L, $L)",
            GROUPS,
            calls.at(words, node.operand(operand)),
            calls.at(words, node.id()),
            words.rows(),
            groups,
            width,
            from,
            toWidth,
            to,
            columns),
        CodeBlock.of("$T.grid(capacity, $L)", GROUPS, groups * columns));
  }

  /** A thread for each group. */
  Kernel softmax(Node node, int groups) {
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.softmax(context, $L, $L, $L, $L, $L)",
            GROUPS,
            calls.at(words, node.operand(0)),
            calls.at(words, node.id()),
            words.rows(),
            groups,
            node.type().columns() / groups),
        CodeBlock.of("$T.grid(capacity, $L)", GROUPS, groups));
  }

  private Kernel kernel(String name, Node node, String operands, int a, int b, int c) {
    TensorType type = node.type();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.$L(context, $L, $L, $L, $L, $L, $L)",
            GROUPS,
            name,
            operands,
            calls.at(words, node.id()),
            words.rows(),
            a,
            b,
            c),
        type.perToken()
            ? CodeBlock.of("$T.grid(capacity, $L)", GROUPS, type.columns())
            : CodeBlock.of("$T.grid($L, $L)", GROUPS, type.rows(), type.columns()));
  }
}
