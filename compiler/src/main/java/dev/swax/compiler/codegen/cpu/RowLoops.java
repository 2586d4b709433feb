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
  private final RowKernelEmitter row;
  private final Context context;
  private final List<MethodSpec> methods = new ArrayList<>();

  RowLoops(RowKernelEmitter row, Context context) {
    this.row = row;
    this.context = context;
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
  record Total(String lanes, String rest) {}

  Map<Node, Total> totals(List<Node> sums) {
    Map<Node, Total> totals = new LinkedHashMap<>();
    for (Node sum : sums) {
      totals.put(
          sum,
          new Total(
              row.names().fresh(Comments.label(sum) + "_lanes"),
              row.names().fresh(Comments.label(sum) + "_rest")));
    }
    return totals;
  }

  /** The sum itself. */
  String value(Total total) {
    return "VectorMath.sum(%s)%s".formatted(total.lanes(), ragged() ? " + " + total.rest() : "");
  }

  /** Adds a method with a loop in it, which returns the sum where there is one; gives its call. */
  String method(int level, boolean stores, @Nullable Node sum) {
    var inputs = new LoopInputs(row);
    Map<Node, Total> totals = totals(sum == null ? List.of() : List.of(sum));
    CodeBlock loop = loop(level, inputs, stores, totals);
    String name = context.kernelLoop(row.kernel().name(), methods.size() + 1);
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .addParameters(inputs.parameters())
            .addCode(loop);
    if (sum != null) {
      method.returns(float.class);
      totals.values().forEach(total -> method.addStatement("return $L", value(total)));
    }
    methods.add(method.build());
    return "%s(%s)".formatted(name, String.join(", ", inputs.names()));
  }

  /** Whole vectors of columns, then the columns that are left. */
  CodeBlock loop(int level, LoopInputs inputs, boolean stores, Map<Node, Total> totals) {
    var code = CodeBlock.builder();
    Map<Node, String> lanes = new LinkedHashMap<>();
    Map<Node, String> rests = new LinkedHashMap<>();
    totals.forEach((sum, total) -> {
      code.addStatement("$T $L = FloatVector.zero(SPECIES)", Types.VECTOR, total.lanes());
      if (ragged()) {
        code.addStatement("float $L = 0f", total.rest());
      }
      lanes.put(sum, total.lanes());
      rests.put(sum, total.rest());
    });
    String whole = ragged() ? "SPECIES.loopBound(%s)".formatted(row.width()) : "" + row.width();
    code.beginControlFlow("for (int c = 0; c < $L; c += LANES)", whole);
    code.add(row.body(new RowColumns(row, inputs, true), level, stores, lanes));
    code.endControlFlow();
    if (ragged()) {
      code.beginControlFlow("for (int c = $L; c < $L; c++)", whole, row.width());
      code.add(row.body(new RowColumns(row, inputs, false), level, stores, rests));
      code.endControlFlow();
    }
    return code.build();
  }

  private boolean ragged() {
    return row.width() % 16 != 0;
  }
}
