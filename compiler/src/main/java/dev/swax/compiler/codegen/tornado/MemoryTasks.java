package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.memory.MemoryShape;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a memory of the scalar-decay family, in the order that its kernels ask for. */
final class MemoryTasks implements RecurrenceTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("MemoryKernels");
  private static final ClassName GRADIENTS = DeviceNames.kernels("MemoryGradientKernels");

  private final CallTasks calls;
  private final BlockTasks block;
  private final Node node;
  private final MemoryShape shape;

  MemoryTasks(CallTasks calls, BlockTasks block, Node node, MemoryShape shape) {
    this.calls = calls;
    this.block = block;
    this.node = node;
    this.shape = shape;
    block.needWorkspace(
        CodeBlock.of(
            "$T.workspace(batch, time, $L, $L, $L)",
            KERNELS,
            shape.heads(),
            shape.keyWidth(),
            shape.valueWidth()));
  }

  @Override
  public List<CallTasks.Call> forward() {
    return List.of(
        gates("gates", words -> result(words, "row_max")),
        increments(),
        scan(),
        task(
            "scores",
            words ->
                "%s, %s, %s, %s, %s, %s, %s, %s"
                    .formatted(
                        q(words),
                        k(words),
                        result(words, "divisor"),
                        result(words, "row_max"),
                        work(words),
                        sizes(words),
                        scale(),
                        normalizer()),
            "chunkGrid(batch, time, %s)".formatted(shape.heads())),
        task(
            "outputs",
            words ->
                "%s, %s, %s, %s, %s"
                    .formatted(q(words), v(words), result(words, "y"), work(words), sizes(words)),
            columns(shape.valueWidth())));
  }

  @Override
  public List<CallTasks.Call> backward() {
    var tasks =
        new ArrayList<>(
            List.of(
                gates("gates", words -> kept(words, "row_max")),
                increments(),
                scan(),
                readout(),
                slopeIncrements(),
                slopeScan(),
                scoreSlopes(),
                gradientOfQueries()));
    if (isWanted("k")) {
      tasks.add(gradientOfKeys());
    }
    if (isWanted("v")) {
      tasks.add(gradientOfValues());
    }
    if (isWanted("log_input") || isWanted("log_forget")) {
      tasks.add(gradientOfGates());
    }
    return tasks;
  }

  private CallTasks.Call readout() {
    return gradientTask(
        "readout",
        words ->
            "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s"
                .formatted(
                    kept(words, "y"),
                    dy(words),
                    kept(words, "divisor"),
                    kept(words, "row_max"),
                    work(words),
                    words.rows(),
                    shape.heads(),
                    shape.valueWidth(),
                    scale(),
                    normalizer()),
        "tokenGrid(batch, time, %s)".formatted(shape.heads()));
  }

  private CallTasks.Call slopeIncrements() {
    return gradientTask(
        "slopeIncrements",
        words -> "%s, %s, %s, %s".formatted(q(words), dy(words), work(words), sizes(words)),
        stateGrid());
  }

  private CallTasks.Call scoreSlopes() {
    return gradientTask(
        "scoreSlopes",
        words ->
            "%s, %s, %s, %s, %s, %s, %s"
                .formatted(
                    q(words), k(words), v(words), dy(words), work(words), sizes(words), scale()),
        "chunkGrid(batch, time, %s)".formatted(shape.heads()));
  }

  private CallTasks.Call gradientOfQueries() {
    return gradientTask(
        "gradientOfQueries",
        words ->
            "%s, %s, %s, %s, %s, %s"
                .formatted(
                    q(words), k(words), dy(words), gradient(words, "q"), work(words), sizes(words)),
        columns(shape.keyWidth()));
  }

  private CallTasks.Call gradientOfKeys() {
    return gradientTask(
        "gradientOfKeys",
        words ->
            "%s, %s, %s, %s, %s, %s"
                .formatted(
                    q(words), k(words), v(words), gradient(words, "k"), work(words), sizes(words)),
        columns(shape.keyWidth()));
  }

  private CallTasks.Call gradientOfValues() {
    return gradientTask(
        "gradientOfValues",
        words ->
            "%s, %s, %s, %s, %s"
                .formatted(k(words), dy(words), gradient(words, "v"), work(words), sizes(words)),
        columns(shape.valueWidth()));
  }

  private CallTasks.Call gradientOfGates() {
    return gradientTask(
        "gradientOfGates",
        words ->
            "%s, %s, %s, %s, %s, %s"
                .formatted(
                    isWanted("log_input") ? gradient(words, "log_input") : nothing(words),
                    isWanted("log_forget") ? gradient(words, "log_forget") : nothing(words),
                    work(words),
                    sizes(words),
                    isWanted("log_input") ? 1 : 0,
                    isWanted("log_forget") ? 1 : 0),
        "chunkGrid(batch, time, %s)".formatted(shape.heads()));
  }

  /** Whether the shape has an operand and anything reads its gradient. */
  private boolean isWanted(String operand) {
    int at = shape.operands().indexOf(operand);
    return at >= 0 && calls.isRead(node, at);
  }

  private CallTasks.Call gates(String kernel, Operand rowMax) {
    return task(
        kernel,
        words ->
            "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s"
                .formatted(
                    shape.inputGate() ? operand(words, "log_input") : nothing(words),
                    shape.forgetGate() ? operand(words, "log_forget") : nothing(words),
                    rowMax.in(words),
                    words.array(DeviceArray.FIRST_KEYS),
                    work(words),
                    words.rows(),
                    words.word(ControlWord.TIME),
                    shape.heads(),
                    shape.keyWidth(),
                    shape.inputGate() ? 1 : 0,
                    shape.forgetGate() ? 1 : 0),
        "headGrid(batch, %s)".formatted(shape.heads()));
  }

  private CallTasks.Call increments() {
    return task(
        "increments",
        words -> "%s, %s, %s, %s".formatted(k(words), v(words), work(words), sizes(words)),
        stateGrid());
  }

  private CallTasks.Call scan() {
    return task("scan", this::stateWords, scanGrid());
  }

  private CallTasks.Call slopeScan() {
    return gradientTask("slopeScan", this::stateWords, scanGrid());
  }

  private String stateWords(TaskWords words) {
    return "%s, %s".formatted(work(words), sizes(words));
  }

  private String scanGrid() {
    return "scanGrid(batch, %s, %s, %s)"
        .formatted(shape.heads(), shape.keyWidth(), shape.valueWidth());
  }

  /** What a kernel is called with, in the words of its task. */
  private interface Operand {
    String in(TaskWords words);
  }

  private CallTasks.Call task(String kernel, Operand arguments, String grid) {
    return task(KERNELS, kernel, arguments, grid);
  }

  private CallTasks.Call gradientTask(String kernel, Operand arguments, String grid) {
    return task(GRADIENTS, kernel, arguments, grid);
  }

  private CallTasks.Call task(ClassName kernels, String kernel, Operand arguments, String grid) {
    TaskWords words = block.words();
    return new CallTasks.Kernel(
        kernel,
        words,
        CodeBlock.of("$T.$L(context, $L)", kernels, kernel, arguments.in(words)),
        CodeBlock.of("$T.$L", KERNELS, grid));
  }

  private String q(TaskWords words) {
    return operand(words, "q");
  }

  private String k(TaskWords words) {
    return operand(words, "k");
  }

  private String v(TaskWords words) {
    return operand(words, "v");
  }

  private String operand(TaskWords words, String name) {
    return calls.at(words, node.operand(shape.operands().indexOf(name)));
  }

  private String result(TaskWords words, String name) {
    return calls.result(words, node, shape.results().indexOf(name));
  }

  /** A result of the forward pass, as an operand of the gradient. */
  private String kept(TaskWords words, String result) {
    int at = shape.operands().size() + shape.results().indexOf(result);
    return calls.at(words, node.operand(at));
  }

  private String dy(TaskWords words) {
    return calls.at(words, node.operands().getLast());
  }

  private String gradient(TaskWords words, String operand) {
    return calls.result(words, node, shape.operands().indexOf(operand));
  }

  private static String work(TaskWords words) {
    return words.array(DeviceArray.WORKSPACE) + ", 0";
  }

  /** In place of a gate that is not there. */
  private static String nothing(TaskWords words) {
    return work(words);
  }

  private String sizes(TaskWords words) {
    return "%s, %s, %s, %s, %s"
        .formatted(
            words.rows(),
            words.word(ControlWord.TIME),
            shape.heads(),
            shape.keyWidth(),
            shape.valueWidth());
  }

  private String scale() {
    return Literals.of(shape.scale());
  }

  private CodeBlock normalizer() {
    return CodeBlock.of("MemoryKernels.$L", shape.normalizer().name());
  }

  private String columns(int columns) {
    return "columnGrid(batch, time, %s, %s)".formatted(shape.heads(), columns);
  }

  private String stateGrid() {
    return "stateGrid(batch, time, %s, %s, %s)"
        .formatted(shape.heads(), shape.keyWidth(), shape.valueWidth());
  }
}
