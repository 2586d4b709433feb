package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.ir.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The loops over columns of a row kernel: whole vectors, then what is left of a ragged width. */
final class RowLoops {
  private final RowKernelEmitter kernel;
  private final Context context;
  private final String kernelName;
  private final int width;
  private final boolean ragged;
  private final List<MethodSpec> methods = new ArrayList<>();

  RowLoops(RowKernelEmitter kernel, Context context, String kernelName, int width, boolean ragged) {
    this.kernel = kernel;
    this.context = context;
    this.kernelName = kernelName;
    this.width = width;
    this.ragged = ragged;
  }

  /** Methods of their own for loops, in the order in which they were asked for. */
  List<MethodSpec> methods() {
    return methods;
  }

  /**
   * The variables of a sum over columns.
   *
   * @param lanes sums of whole vectors
   * @param rest sum of the columns that are left, where the width is ragged
   */
  record Total(String lanes, String rest) {
    String value(boolean ragged) {
      return "VectorMath.sum(%s)%s".formatted(lanes, ragged ? " + " + rest : "");
    }
  }

  Map<Node, Total> totals(List<Node> sums) {
    Map<Node, Total> totals = new LinkedHashMap<>();
    for (Node sum : sums) {
      totals.put(
          sum,
          new Total(
              kernel.names().fresh(Comments.label(sum) + "_lanes"),
              kernel.names().fresh(Comments.label(sum) + "_rest")));
    }
    return totals;
  }

  /** Adds a method with a loop in it, which returns the sum where there is one; gives its call. */
  String method(int level, boolean stores, @Nullable Node sum) {
    var inputs = new LoopInputs(kernel);
    Map<Node, Total> totals = totals(sum == null ? List.of() : List.of(sum));
    CodeBlock loop = loop(level, inputs, stores, totals);
    String name = context.kernelLoop(kernelName, methods.size() + 1);
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .addParameters(inputs.parameters())
            .addCode(loop);
    if (sum != null) {
      method.returns(float.class);
      totals.values().forEach(total -> method.addStatement("return $L", total.value(ragged)));
    }
    methods.add(method.build());
    return "%s(%s)".formatted(name, String.join(", ", inputs.names()));
  }

  /** Whole vectors of columns, then the columns that are left. */
  CodeBlock loop(int level, LoopInputs inputs, boolean stores, Map<Node, Total> totals) {
    var around = CodeBlock.builder();
    for (Total total : totals.values()) {
      around.addStatement("$T $L = FloatVector.zero(SPECIES)", Types.VECTOR, total.lanes());
      if (ragged) {
        around.addStatement("float $L = 0f", total.rest());
      }
    }
    if (!ragged) {
      around.beginControlFlow("for (int c = 0; c < $L; c += LANES)", width);
      around.add(
          body(new ColumnLoop(kernel, inputs, level, Dialect.VECTOR), level, stores, totals));
      return around.endControlFlow().build();
    }
    around.beginControlFlow("for (int c = 0; c < SPECIES.loopBound($L); c += LANES)", width);
    around.add(body(new ColumnLoop(kernel, inputs, level, Dialect.VECTOR), level, stores, totals));
    around.endControlFlow();
    around.beginControlFlow("for (int c = SPECIES.loopBound($L); c < $L; c++)", width, width);
    around.add(body(new ColumnLoop(kernel, inputs, level, Dialect.SCALAR), level, stores, totals));
    return around.endControlFlow().build();
  }

  private CodeBlock body(ColumnLoop loop, int level, boolean stores, Map<Node, Total> totals) {
    if (stores) {
      kernel.levels().wideOutputs(level).forEach(output -> loop.store(output.id(), output.id()));
      kernel.levels().functionsAfter(level).stream()
          .filter(function -> !kernel.isInMemory(function.operand(0)))
          .forEach(function -> loop.store(function.operand(0), function.id()));
    }
    totals.forEach((sum, total) ->
        loop.accumulate(sum, loop.dialect() == Dialect.VECTOR ? total.lanes() : total.rest()));
    if (stores) {
      for (Node sum : kernel.levels().columnSums(level)) {
        loop.accumulateColumn(sum, kernel.partial(sum));
      }
    }
    return loop.body();
  }
}
