package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.MemoryShape;
import java.util.List;

/** The tasks of a memory of the scalar-decay family, in the order that its kernels ask for. */
final class MemoryTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("MemoryKernels");

  private final CallTasks calls;
  private final BlockTasks block;
  private final Node node;
  private final MemoryShape shape;
  private final int gates;

  MemoryTasks(CallTasks calls, BlockTasks block, Node node, MemoryShape shape) {
    this.calls = calls;
    this.block = block;
    this.node = node;
    this.shape = shape;
    this.gates = (shape.inputGate() ? 1 : 0) + (shape.forgetGate() ? 1 : 0);
    block.needWorkspace(
        CodeBlock.of(
            "$T.workspace(batch, time, $L, $L, $L)",
            KERNELS,
            shape.heads(),
            shape.keyWidth(),
            shape.valueWidth()));
  }

  /** Operands q, k, v and the gates; results y, divisor, row maximum. */
  List<CallTasks.Call> forward() {
    return List.of(
        gates("gates", words -> result(words, 2)),
        increments(),
        scan("scan"),
        task(
            "scores",
            words ->
                "%s, %s, %s, %s, %s, %s, %s, %s"
                    .formatted(
                        q(words),
                        k(words),
                        result(words, 1),
                        result(words, 2),
                        work(words),
                        sizes(words),
                        scale(),
                        normalizer()),
            "chunkGrid(batch, time, %d)".formatted(shape.heads())),
        task(
            "outputs",
            words ->
                "%s, %s, %s, %s, %s"
                    .formatted(q(words), v(words), result(words, 0), work(words), sizes(words)),
            columns(shape.valueWidth())));
  }

  /**
   * Operands q, k, v, the gates, y, divisor, row maximum and dy; results dq, dk, dv and the
   * gradients of the gates.
   */
  List<CallTasks.Call> backward() {
    int kept = 3 + gates;
    return List.of(
        gates("gates", words -> operand(words, kept + 2)),
        increments(),
        scan("scan"),
        task(
            "readout",
            words ->
                "%s, %s, %s, %s, %s, %s, %d, %d, %s, %s"
                    .formatted(
                        operand(words, kept),
                        operand(words, kept + 3),
                        operand(words, kept + 1),
                        operand(words, kept + 2),
                        work(words),
                        words.rows(),
                        shape.heads(),
                        shape.valueWidth(),
                        scale(),
                        normalizer()),
            "tokenGrid(batch, time, %d)".formatted(shape.heads())),
        task(
            "slopeIncrements",
            words ->
                "%s, %s, %s, %s"
                    .formatted(q(words), operand(words, kept + 3), work(words), sizes(words)),
            stateGrid()),
        scan("slopeScan"),
        task(
            "scoreSlopes",
            words ->
                "%s, %s, %s, %s, %s, %s, %s"
                    .formatted(
                        q(words),
                        k(words),
                        v(words),
                        operand(words, kept + 3),
                        work(words),
                        sizes(words),
                        scale()),
            "chunkGrid(batch, time, %d)".formatted(shape.heads())),
        task(
            "gradientOfQueries",
            words ->
                "%s, %s, %s, %s, %s, %s"
                    .formatted(
                        q(words),
                        k(words),
                        operand(words, kept + 3),
                        result(words, 0),
                        work(words),
                        sizes(words)),
            columns(shape.keyWidth())),
        task(
            "gradientOfKeys",
            words ->
                "%s, %s, %s, %s, %s, %s"
                    .formatted(
                        q(words), k(words), v(words), result(words, 1), work(words), sizes(words)),
            columns(shape.keyWidth())),
        task(
            "gradientOfValues",
            words ->
                "%s, %s, %s, %s, %s"
                    .formatted(
                        k(words),
                        operand(words, kept + 3),
                        result(words, 2),
                        work(words),
                        sizes(words)),
            columns(shape.valueWidth())),
        task(
            "gradientOfGates",
            words ->
                "%s, %s, %s, %s, %d, %d"
                    .formatted(
                        shape.inputGate() ? result(words, 3) : nothing(words),
                        shape.forgetGate() ? result(words, 2 + gates) : nothing(words),
                        work(words),
                        sizes(words),
                        shape.inputGate() ? 1 : 0,
                        shape.forgetGate() ? 1 : 0),
            "chunkGrid(batch, time, %d)".formatted(shape.heads())));
  }

  private CallTasks.Call gates(String kernel, Operand rowMax) {
    return task(
        kernel,
        words ->
            "%s, %s, %s, %s, %s, %s, %s, %d, %d, %d, %d"
                .formatted(
                    shape.inputGate() ? operand(words, 3) : nothing(words),
                    shape.forgetGate() ? operand(words, 2 + gates) : nothing(words),
                    rowMax.in(words),
                    words.array(DeviceArray.FIRST_KEYS),
                    work(words),
                    words.rows(),
                    words.word(ControlWord.TIME),
                    shape.heads(),
                    shape.keyWidth(),
                    shape.inputGate() ? 1 : 0,
                    shape.forgetGate() ? 1 : 0),
        "headGrid(batch, %d)".formatted(shape.heads()));
  }

  private CallTasks.Call increments() {
    return task(
        "increments",
        words -> "%s, %s, %s, %s".formatted(k(words), v(words), work(words), sizes(words)),
        stateGrid());
  }

  private CallTasks.Call scan(String kernel) {
    return task(
        kernel,
        words -> "%s, %s".formatted(work(words), sizes(words)),
        "scanGrid(batch, %d, %d, %d)"
            .formatted(shape.heads(), shape.keyWidth(), shape.valueWidth()));
  }

  /** What a kernel is called with, in the words of its task. */
  private interface Operand {
    String in(TaskWords words);
  }

  private CallTasks.Call task(String kernel, Operand arguments, String grid) {
    TaskWords words = block.words();
    return new CallTasks.Kernel(
        kernel,
        words,
        CodeBlock.of("$T.$L(context, $L)", KERNELS, kernel, arguments.in(words)),
        CodeBlock.of("$T.$L", KERNELS, grid));
  }

  private String q(TaskWords words) {
    return operand(words, 0);
  }

  private String k(TaskWords words) {
    return operand(words, 1);
  }

  private String v(TaskWords words) {
    return operand(words, 2);
  }

  private String operand(TaskWords words, int index) {
    return calls.at(words, node.operand(index));
  }

  private String result(TaskWords words, int index) {
    return calls.result(words, node, index);
  }

  private static String work(TaskWords words) {
    return words.array(DeviceArray.WORKSPACE) + ", 0";
  }

  /** In place of a gate that is not there. */
  private static String nothing(TaskWords words) {
    return work(words);
  }

  private String sizes(TaskWords words) {
    return "%s, %s, %d, %d, %d"
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
    return "columnGrid(batch, time, %d, %d)".formatted(shape.heads(), columns);
  }

  private String stateGrid() {
    return "stateGrid(batch, time, %d, %d, %d)"
        .formatted(shape.heads(), shape.keyWidth(), shape.valueWidth());
  }
}
