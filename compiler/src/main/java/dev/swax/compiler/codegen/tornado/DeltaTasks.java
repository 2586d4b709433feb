package dev.swax.compiler.codegen.tornado;

import static dev.swax.compiler.codegen.tornado.KernelWords.firstKeys;
import static dev.swax.compiler.codegen.tornado.KernelWords.number;
import static dev.swax.compiler.codegen.tornado.KernelWords.rows;
import static dev.swax.compiler.codegen.tornado.KernelWords.time;
import static dev.swax.compiler.codegen.tornado.KernelWords.work;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.codegen.tornado.KernelWords.Argument;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.delta.DeltaShape;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a memory of the delta rule, in the order that its kernels ask for. */
final class DeltaTasks implements RecurrenceTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("DeltaKernels");
  private static final ClassName SLOPES = DeviceNames.kernels("DeltaSlopeKernels");
  private static final ClassName GRADIENTS = DeviceNames.kernels("DeltaGradientKernels");

  private final KernelWords words;
  private final DeltaShape shape;
  private final String sizes;
  private final Argument scale;
  private final String keyColumns;
  private final String valueColumns;
  private final String states;
  private final String walk;
  private final String chunks;
  private final String tokens;

  DeltaTasks(CallTasks calls, BlockTasks block, Node node, DeltaShape shape) {
    this.words = new KernelWords(calls, block, node, shape);
    this.shape = shape;
    int heads = shape.heads();
    int keys = shape.keyWidth();
    int values = shape.valueWidth();
    sizes = "%s, %s, %s".formatted(heads, keys, values);
    scale = number(Literals.of(shape.scale()));
    keyColumns = "columnGrid(batch, time, %s, %s)".formatted(heads, keys);
    valueColumns = "columnGrid(batch, time, %s, %s)".formatted(heads, values);
    states = "stateGrid(batch, time, %s)".formatted(sizes);
    walk = "walkGrid(batch, %s, %s)".formatted(heads, values);
    chunks = "chunkGrid(batch, time, %s)".formatted(heads);
    tokens = "tokenGrid(batch, time, %s)".formatted(heads);
    block.needWorkspace(CodeBlock.of("$T.workspace(batch, time, $L)", KERNELS, sizes));
  }

  @Override
  public List<CallTasks.Call> forward() {
    List<CallTasks.Call> tasks = states();
    tasks.add(task("outputs", valueColumns, q(), words.result("y")));
    return tasks;
  }

  @Override
  public List<CallTasks.Call> backward() {
    List<CallTasks.Call> tasks = states();
    tasks.add(slopeTask("outputSlopes", valueColumns, words.dy()));
    tasks.add(slopeTask("slopeIncrements", states, q(), words.dy()));
    tasks.add(slopeTask("slopeReads", states));
    tasks.add(slopeTask("slopeWalk", walk));
    tasks.add(slopeTask("writeSlopes", valueColumns, k()));
    tasks.add(slopeTask("solveSlopes", solveGrid(shape.valueWidth())));
    tasks.add(
        words.task(SLOPES, "scoreSlopes", KERNELS, chunks, withSizes(List.of(words.dy()), scale)));
    tasks.add(gradientTask("queries", keyColumns, q(), k(), words.dy(), words.gradient("q")));
    tasks.add(gradientTask("erased", keyColumns, k()));
    tasks.add(
        words.task(
            GRADIENTS,
            "erases",
            KERNELS,
            tokens,
            withSizes(List.of(k(), words.gradientOr("erase", work())), words.wants("erase"))));
    tasks.add(gradientTask("keys", keyColumns, q(), k()));
    if (words.isWanted("k")) {
      tasks.add(gradientTask("keyPairs", keyColumns, k(), words.gradient("k")));
    }
    if (words.isWanted("v") || words.isWanted("write")) {
      tasks.add(values());
    }
    if (words.isWanted("log_decay")) {
      tasks.add(gradientTask("decays", chunks, words.gradient("log_decay")));
    }
    return tasks;
  }

  /** What every token writes, and the states at the borders of chunks. */
  private List<CallTasks.Call> states() {
    int keys = shape.keyWidth();
    String moves = "stateGrid(batch, time, %s, %s, %s)".formatted(shape.heads(), keys, keys);
    return new ArrayList<>(
        List.of(
            gates(),
            words.task(KERNELS, "scores", KERNELS, chunks, withSizes(List.of(q(), k()), scale)),
            task("solve", solveGrid(keys + shape.valueWidth()), k(), v(), words.operand("write")),
            task("increments", states, k()),
            task("moves", moves, k()),
            task("walk", walk),
            task("writes", valueColumns)));
  }

  private CallTasks.Call gates() {
    return words.task(
        KERNELS,
        "gates",
        KERNELS,
        "gateGrid(batch, time, %s)".formatted(shape.heads()),
        words.operand("erase"),
        shape.decay() ? words.operand("log_decay") : work(),
        firstKeys(),
        work(),
        rows(),
        time(),
        number("%s, %s".formatted(shape.heads(), shape.keyWidth())),
        scale,
        number(shape.decay() ? 1 : 0));
  }

  private CallTasks.Call values() {
    return words.task(
        GRADIENTS,
        "values",
        KERNELS,
        tokens,
        withSizes(
            List.of(
                v(),
                words.operand("write"),
                words.gradientOr("v", work()),
                words.gradientOr("write", work())),
            words.wants("v"),
            words.wants("write")));
  }

  private Argument q() {
    return words.operand("q");
  }

  private Argument k() {
    return words.operand("k");
  }

  private Argument v() {
    return words.operand("v");
  }

  private String solveGrid(int columns) {
    return "solveGrid(batch, time, %s, %s)".formatted(shape.heads(), columns);
  }

  private CallTasks.Call task(String kernel, String grid, Argument... tensors) {
    return words.task(KERNELS, kernel, KERNELS, grid, withSizes(List.of(tensors)));
  }

  private CallTasks.Call slopeTask(String kernel, String grid, Argument... tensors) {
    return words.task(SLOPES, kernel, KERNELS, grid, withSizes(List.of(tensors)));
  }

  private CallTasks.Call gradientTask(String kernel, String grid, Argument... tensors) {
    return words.task(GRADIENTS, kernel, KERNELS, grid, withSizes(List.of(tensors)));
  }

  private Argument[] withSizes(List<Argument> tensors, Argument... more) {
    var all = new ArrayList<>(tensors);
    all.addAll(List.of(work(), rows(), time(), number(sizes)));
    all.addAll(List.of(more));
    return all.toArray(Argument[]::new);
  }
}
