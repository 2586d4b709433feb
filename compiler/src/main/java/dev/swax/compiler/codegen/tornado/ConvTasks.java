package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.conv.ConvShape;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a convolution: one forward; backward one for the input, two for the weights. */
final class ConvTasks implements RecurrenceTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("ConvKernels");
  private static final ClassName ROWS = DeviceNames.kernels("RowKernels");
  private static final int INPUT = 0;
  private static final int WEIGHT = 1;
  private static final int DY = 3;

  private final CallTasks calls;
  private final BlockTasks block;
  private final Node node;
  private final ConvShape shape;

  ConvTasks(CallTasks calls, BlockTasks block, Node node, ConvShape shape) {
    this.calls = calls;
    this.block = block;
    this.node = node;
    this.shape = shape;
  }

  @Override
  public List<CallTasks.Call> forward() {
    TaskWords words = block.words();
    CodeBlock grid = CodeBlock.of("$T.grid(capacity, $L)", KERNELS, shape.channels());
    String y = calls.result(words, node, 0);
    return List.of(kernel("forward", words, INPUT, WEIGHT, y, grid));
  }

  /** Operands input, weight, y and dy. */
  @Override
  public List<CallTasks.Call> backward() {
    var tasks = new ArrayList<CallTasks.Call>();
    TaskWords words = block.words();
    CodeBlock grid = CodeBlock.of("$T.grid(capacity, $L)", KERNELS, shape.channels());
    tasks.add(kernel("inputs", words, WEIGHT, DY, calls.result(words, node, INPUT), grid));
    if (calls.isRead(node, WEIGHT)) {
      tasks.add(weights());
      tasks.add(sum());
    }
    return tasks;
  }

  private CallTasks.Call weights() {
    block.needWorkspace(
        CodeBlock.of(
            "(long) $T.parts(batch * time) * $L", KERNELS, shape.width() * shape.channels()));
    TaskWords words = block.words();
    String partial = words.array(DeviceArray.WORKSPACE) + ", 0";
    CodeBlock grid =
        CodeBlock.of("$T.weightGrid(capacity, $L, $L)", KERNELS, shape.width(), shape.channels());
    return kernel("weights", words, INPUT, DY, partial, grid);
  }

  private CallTasks.Call sum() {
    TaskWords words = block.words();
    int columns = shape.width() * shape.channels();
    return new CallTasks.Kernel(
        "sum",
        words,
        CodeBlock.of(
            "$T.addParts(context, $L, 0, $T.parts($L), $L, $L, 1)",
            ROWS,
            words.array(DeviceArray.WORKSPACE),
            KERNELS,
            words.rows(),
            columns,
            calls.result(words, node, WEIGHT)),
        CodeBlock.of("$T.grid($L)", ROWS, columns));
  }

  private CallTasks.Call kernel(
      String kernel, TaskWords words, int left, int right, String result, CodeBlock grid) {
    return new CallTasks.Kernel(
        kernel,
        words,
        CodeBlock.of(
            "$T.$L(context, $L, $L, $L, $L, $L, $L, $L, $L)",
            KERNELS,
            kernel,
            calls.at(words, node.operand(left)),
            calls.at(words, node.operand(right)),
            result,
            words.array(DeviceArray.FIRST_KEYS),
            words.rows(),
            words.word(ControlWord.TIME),
            shape.width(),
            shape.channels()),
        grid);
  }
}
