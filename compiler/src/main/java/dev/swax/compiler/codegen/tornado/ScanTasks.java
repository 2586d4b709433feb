package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.scan.ScanShape;
import java.util.List;

/** The tasks of a scan: one forward, one backward. */
final class ScanTasks implements RecurrenceTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("ScanKernels");
  private static final int DECAY = 0;
  private static final int INPUT = 1;

  private final CallTasks calls;
  private final BlockTasks block;
  private final Node node;
  private final int columns;

  ScanTasks(CallTasks calls, BlockTasks block, Node node, ScanShape shape) {
    this.calls = calls;
    this.block = block;
    this.node = node;
    this.columns = shape.columns("state");
  }

  @Override
  public List<CallTasks.Call> forward() {
    TaskWords words = block.words();
    return List.of(
        task(
            "forward",
            words,
            "%s, %s, %s"
                .formatted(
                    operand(words, DECAY), operand(words, INPUT), calls.result(words, node, 0))));
  }

  /** Operands decay, input, h and dy. */
  @Override
  public List<CallTasks.Call> backward() {
    TaskWords words = block.words();
    boolean wanted = calls.isRead(node, INPUT);
    String dDecay = calls.result(words, node, DECAY);
    return List.of(
        task(
            "backward",
            words,
            "%s, %s, %s, %s, %s, %s"
                .formatted(
                    operand(words, DECAY),
                    operand(words, 2),
                    operand(words, 3),
                    dDecay,
                    wanted ? calls.result(words, node, INPUT) : dDecay,
                    wanted ? 1 : 0)));
  }

  private CallTasks.Call task(String kernel, TaskWords words, String tensors) {
    return new CallTasks.Kernel(
        kernel,
        words,
        CodeBlock.of(
            "$T.$L(context, $L, $L, $L, $L, $L)",
            KERNELS,
            kernel,
            tensors,
            words.array(DeviceArray.FIRST_KEYS),
            words.rows(),
            words.word(ControlWord.TIME),
            columns),
        CodeBlock.of("$T.grid(batch, $L)", KERNELS, columns));
  }

  private String operand(TaskWords words, int index) {
    return calls.at(words, node.operand(index));
  }
}
