package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.shift.ShiftShape;
import java.util.List;

/** The tasks of a shift by a token: one forward, one backward. */
final class ShiftTasks implements RecurrenceTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("ShiftKernels");

  private final ShiftShape shape;
  private final KernelWords words;

  ShiftTasks(CallTasks calls, BlockTasks block, Node node, ShiftShape shape) {
    this.shape = shape;
    this.words = new KernelWords(calls, block, node, shape);
  }

  @Override
  public List<CallTasks.Call> forward() {
    return List.of(task("forward", words.operand("input"), words.result("y")));
  }

  @Override
  public List<CallTasks.Call> backward() {
    return List.of(task("gradient", words.dy(), words.gradient("input")));
  }

  private CallTasks.Call task(String kernel, KernelWords.Argument from, KernelWords.Argument to) {
    return words.task(
        KERNELS,
        kernel,
        DeviceNames.kernels("ConvKernels"),
        "grid(capacity, %s)".formatted(shape.channels()),
        from,
        to,
        KernelWords.firstKeys(),
        KernelWords.rows(),
        KernelWords.time(),
        KernelWords.number(shape.channels()));
  }
}
