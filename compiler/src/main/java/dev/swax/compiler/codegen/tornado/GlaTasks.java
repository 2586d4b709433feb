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
import dev.swax.runtime.kernel.gla.GlaShape;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a memory with a vector decay, in the order that its kernels ask for. */
final class GlaTasks implements RecurrenceTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("GlaKernels");
  private static final ClassName GRADIENTS = DeviceNames.kernels("GlaGradientKernels");

  private final KernelWords words;
  private final String sizes;
  private final Argument scale;
  private final String keys;
  private final String values;
  private final String channels;
  private final String states;
  private final String scan;
  private final String chunks;

  GlaTasks(CallTasks calls, BlockTasks block, Node node, GlaShape shape) {
    words = new KernelWords(calls, block, node, shape);
    int heads = shape.heads();
    sizes = "%s, %s, %s".formatted(heads, shape.keyWidth(), shape.valueWidth());
    scale = number(Literals.of(shape.scale()));
    keys = "%s, %s".formatted(heads, shape.keyWidth());
    values = "columnGrid(batch, time, %s, %s)".formatted(heads, shape.valueWidth());
    channels = "channelGrid(batch, time, %s)".formatted(keys);
    states = "stateGrid(batch, time, %s)".formatted(sizes);
    scan = "scanGrid(batch, %s)".formatted(sizes);
    chunks = "chunkGrid(batch, time, %s)".formatted(heads);
    block.needWorkspace(CodeBlock.of("$T.workspace(batch, time, $L)", KERNELS, sizes));
  }

  @Override
  public List<CallTasks.Call> forward() {
    List<CallTasks.Call> tasks = states();
    tasks.add(task("outputs", values, q(), v(), words.result("y")));
    return tasks;
  }

  @Override
  public List<CallTasks.Call> backward() {
    List<CallTasks.Call> tasks = states();
    tasks.add(gradientTask("slopeIncrements", states, q(), words.dy()));
    tasks.add(gradientTask("slopeScan", scan));
    tasks.add(scaledTask(GRADIENTS, "scoreSlopes", v(), words.dy()));
    if (words.isWanted("v")) {
      tasks.add(gradientTask("gradientOfValues", values, k(), words.dy(), words.gradient("v")));
    }
    String keyColumns = "columnGrid(batch, time, %s)".formatted(keys);
    tasks.add(gradientTask("throughState", keyColumns, words.dy(), words.gradient("q")));
    Argument dk = words.gradientOr("k", spare("spareKeys"));
    tasks.add(gradientTask("throughSlope", keyColumns, v(), dk));
    Argument dDecay = words.gradientOr("log_decay", spare("spareDecays"));
    tasks.add(gradientTask("pairs", channels, q(), k(), words.gradient("q"), dk, dDecay));
    return tasks;
  }

  /** The states at the borders of chunks, and what tokens read of each other. */
  private List<CallTasks.Call> states() {
    return new ArrayList<>(
        List.of(
            words.task(
                KERNELS,
                "decays",
                KERNELS,
                channels,
                words.operand("log_decay"),
                firstKeys(),
                work(),
                rows(),
                time(),
                number(keys),
                scale),
            task("increments", states, k(), v()),
            task("scan", scan),
            scaledTask(KERNELS, "scores", q(), k())));
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

  /** A part of the workspace that is free by then, for a gradient that nothing reads. */
  private Argument spare(String part) {
    return task ->
        "%s, GlaKernels.%s(%s, %s)"
            .formatted(task.array(DeviceArray.WORKSPACE), part, task.rows(), keys);
  }

  private CallTasks.Call task(String kernel, String grid, Argument... tensors) {
    return words.task(KERNELS, kernel, KERNELS, grid, withSizes(tensors));
  }

  private CallTasks.Call gradientTask(String kernel, String grid, Argument... tensors) {
    return words.task(GRADIENTS, kernel, KERNELS, grid, withSizes(tensors));
  }

  private CallTasks.Call scaledTask(ClassName kernels, String kernel, Argument... tensors) {
    return words.task(kernels, kernel, KERNELS, chunks, withSizes(tensors, scale));
  }

  private Argument[] withSizes(Argument[] tensors, Argument... more) {
    var all = new ArrayList<>(List.of(tensors));
    all.addAll(List.of(work(), rows(), time(), number(sizes)));
    all.addAll(List.of(more));
    return all.toArray(Argument[]::new);
  }
}
