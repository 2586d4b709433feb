package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the tasks of a recurrence call its kernels: operands by their names, then sizes. */
final class KernelWords {
  /** An argument in the words of the task that it is for. */
  @FunctionalInterface
  interface Argument extends Function<TaskWords, String> {}

  private final CallTasks calls;
  private final BlockTasks block;
  private final Node node;
  private final RecurrenceShape shape;

  KernelWords(CallTasks calls, BlockTasks block, Node node, RecurrenceShape shape) {
    this.calls = calls;
    this.block = block;
    this.node = node;
    this.shape = shape;
  }

  /** A task that calls {@code kernel}; {@code grid} is a call of a method of {@code grids}. */
  CallTasks.Call task(
      ClassName kernels, String kernel, ClassName grids, String grid, Argument... arguments) {
    TaskWords words = block.words();
    String all =
        Stream.of(arguments).map(each -> each.apply(words)).collect(Collectors.joining(", "));
    return new CallTasks.Kernel(
        kernel,
        words,
        CodeBlock.of("$T.$L(context, $L)", kernels, kernel, all),
        CodeBlock.of("$T.$L", grids, grid));
  }

  Argument operand(String name) {
    return words -> calls.at(words, node.operand(shape.operands().indexOf(name)));
  }

  /** A result of the forward pass. */
  Argument result(String name) {
    return words -> calls.result(words, node, shape.results().indexOf(name));
  }

  /** A result of the forward pass, as an operand of the gradient. */
  Argument kept(String result) {
    int at = shape.operands().size() + shape.results().indexOf(result);
    return words -> calls.at(words, node.operand(at));
  }

  /** The gradient of the first result. */
  Argument dy() {
    return words -> calls.at(words, node.operands().getLast());
  }

  /** The gradient of an operand, which is wanted. */
  Argument gradient(String operand) {
    return words -> calls.result(words, node, shape.operands().indexOf(operand));
  }

  /** The gradient of an operand, or where nothing wants it {@code other}. */
  Argument gradientOr(String operand, Argument other) {
    return isWanted(operand) ? gradient(operand) : other;
  }

  /** Whether the shape has an operand and anything reads its gradient. */
  boolean isWanted(String operand) {
    int at = shape.operands().indexOf(operand);
    return at >= 0 && calls.isRead(node, at);
  }

  /** 1 where {@link #isWanted}, otherwise 0. */
  Argument wants(String operand) {
    return number(isWanted(operand) ? 1 : 0);
  }

  static Argument number(Object value) {
    return _ -> value.toString();
  }

  /** The workspace; also in place of what is not there. */
  static Argument work() {
    return words -> words.array(DeviceArray.WORKSPACE) + ", 0";
  }

  static Argument firstKeys() {
    return words -> words.array(DeviceArray.FIRST_KEYS);
  }

  static Argument rows() {
    return TaskWords::rows;
  }

  static Argument time() {
    return words -> words.word(ControlWord.TIME);
  }
}
