package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Spelling;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.runtime.kernel.step.StepFunction;
import dev.swax.runtime.kernel.step.StepInstruction;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import dev.swax.runtime.kernel.step.StepProgram;
import dev.swax.runtime.kernel.step.StepValue;
import java.util.function.Function;

/**
 * The instructions of a step as loops of one thread.
 *
 * <pre>
 * // v2 = multiply none k row v column each 8 16, heads apart
 * for (int i = 0; i &lt; 8; i++) {
 *   for (int j = 0; j &lt; 16; j++) {
 *     float a = scratch.get(kFrom + row * 32 + head * 8 + i);
 *     float b = scratch.get(vFrom + row * 64 + head * 16 + j);
 *     workspace.set((40 + i * 16 + j) * total + part, a * b);
 *   }
 * }
 * </pre>
 */
final class StepCode {
  private final CodeBlock.Builder out;
  private final StepSlots slots;
  private final int heads;
  private final boolean apart;

  /**
   * @param heads H
   * @param apart whether each thread has one of them
   */
  StepCode(CodeBlock.Builder out, StepSlots slots, int heads, boolean apart) {
    this.out = out;
    this.slots = slots;
    this.heads = heads;
    this.apart = apart;
  }

  /**
   * Computes a token.
   *
   * @param name of the program, as slots know it
   * @param sums where a number of the gradient of a parameter is added, by value and index
   */
  void run(String name, StepProgram program, Function<StepValue, String> sums) {
    for (StepInstruction instruction : program.instructions()) {
      boolean loop = instruction.each() && !apart;
      begin(loop, "h", heads);
      instruction(name, program, instruction, sums);
      end(loop);
    }
  }

  private void instruction(
      String name, StepProgram program, StepInstruction i, Function<StepValue, String> sums) {
    StepValue result = program.values().get(i.result());
    boolean byColumn = i.sum() == Sum.ROWS;
    String outer = byColumn ? "j" : "i";
    String inner = byColumn ? "i" : "j";
    int outerEnd = byColumn ? i.columns() : i.rows();
    int innerEnd = byColumn ? i.rows() : i.columns();
    boolean summed = i.sum() == Sum.ROWS || i.sum() == Sum.COLUMNS;
    if (i.sum() == Sum.ALL) {
      out.add("{\n").indent().addStatement("float sum = 0f");
    }
    begin(true, outer, outerEnd);
    if (summed) {
      out.addStatement("float sum = 0f");
    }
    begin(true, inner, innerEnd);
    out.addStatement("float a = $L", read(name, program, i, i.left()));
    if (i.function().arity() == 2) {
      out.addStatement("float b = $L", read(name, program, i, i.right()));
    }
    String value = spelling(i.function()).device("a", "b");
    String at = "i * %s + j".formatted(i.columns());
    switch (i.sum()) {
      case NONE -> put(slots.made(name, result, i.each(), i.size(), at), value);
      case ADDED -> {
        String own = result.each() ? slots.ofAll(result, at) : at;
        out.addStatement("int at = $L + $L", sums.apply(result), own);
        out.addStatement("workspace.set(at, workspace.get(at) + ($L))", value);
      }
      case ROWS, COLUMNS, ALL -> out.addStatement("sum += $L", value);
    }
    end(true);
    if (summed) {
      put(slots.made(name, result, i.each(), i.size(), outer), "sum");
    }
    end(true);
    if (i.sum() == Sum.ALL) {
      put(slots.made(name, result, i.each(), i.size(), "0"), "sum");
      out.endControlFlow();
    }
  }

  private String read(
      String name, StepProgram program, StepInstruction i, StepInstruction.Operand operand) {
    StepValue value = program.values().get(operand.value());
    String at =
        switch (operand.reach()) {
          case FULL -> "i * %s + j".formatted(i.columns());
          case ROW -> "i";
          case COLUMN -> "j";
          case ONE -> "0";
        };
    // What is computed once for all reads all heads as one.
    return i.each() ? slots.read(name, value, at) : slots.readAll(name, value, at);
  }

  /** Copies numbers of a value to slots. */
  void copy(String name, StepProgram program, String output, String slot) {
    StepValue value = program.values().get(output(program, output));
    boolean loop = value.each() && !apart;
    begin(loop, "h", heads);
    begin(true, "i", value.size());
    String own = loop ? "h * %s + i".formatted(value.size()) : "i";
    put(slot + " + " + own, slots.read(name, value, "i"));
    end(true);
    end(loop);
  }

  /** Writes numbers of a value to the row of a tensor. */
  void write(String name, StepProgram program, String output, String array, String from) {
    StepValue value = program.values().get(output(program, output));
    boolean loop = value.each() && !apart;
    begin(loop, "h", heads);
    begin(true, "i", value.size());
    out.addStatement(
        "$L.set($L + $L, $L)", array, from, slots.inRow(value, "i"), slots.read(name, value, "i"));
    end(true);
    end(loop);
  }

  private static int output(StepProgram program, String name) {
    Integer value = program.outputs().get(name);
    if (value == null) {
      throw new IllegalStateException("a step gives no " + name);
    }
    return value;
  }

  private void put(String slot, String value) {
    out.addStatement("$L", slots.set(slot, value));
  }

  /** Numbers of this many slots from one place to another. */
  void move(String from, String to, int count) {
    begin(true, "i", count);
    put(to + " + i", slots.get(from + " + i"));
    end(true);
  }

  void clear(String slot, int count) {
    begin(true, "i", count);
    put(slot + " + i", "0f");
    end(true);
  }

  /** A loop; devices may not compile one that turns once. */
  private void begin(boolean wanted, String variable, int end) {
    if (wanted && end == 1) {
      out.add("{\n").indent().addStatement("int $L = 0", variable);
    } else if (wanted) {
      out.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", variable, end);
    }
  }

  private void end(boolean wanted) {
    if (wanted) {
      out.endControlFlow();
    }
  }

  private static Spelling spelling(StepFunction function) {
    return function.arity() == 1
        ? UnaryFunction.valueOf(function.name()).spelling()
        : BinaryFunction.valueOf(function.name()).spelling();
  }
}
