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

  /**
   * Loads, stores and functions of vectors in a loop. With more the compiler of the Java machine
   * has seen enough of it before it has inlined all, and every vector of the rest is an object.
   */
  private static final int MOST_OPERATIONS = 36;

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

  /**
   * What the loop of a level writes, in as many loops as it takes.
   *
   * @param sum over columns that the last of them takes too
   */
  List<List<Node>> parts(int level, @Nullable Node sum) {
    List<Node> writes = row.writes(level);
    var parts = new ArrayList<List<Node>>();
    int from = 0;
    for (int i = 1; i < writes.size(); i++) {
      List<Node> sums = sum != null && i == writes.size() - 1 ? List.of(sum) : List.of();
      if (operations(level, writes.subList(from, i + 1), sums) > MOST_OPERATIONS) {
        parts.add(writes.subList(from, i));
        from = i;
      }
    }
    parts.add(writes.subList(from, writes.size()));
    return parts;
  }

  private int operations(int level, List<Node> writes, List<Node> sums) {
    Map<Node, String> totals = new LinkedHashMap<>();
    sums.forEach(sum -> totals.put(sum, ""));
    return row.operations(new RowColumns(row, new LoopInputs(row), true), level, writes, totals);
  }

  /** Adds a method with a loop in it, which returns the sum where there is one; gives its call. */
  String method(int level, List<Node> writes, @Nullable Node sum) {
    var inputs = new LoopInputs(row);
    Map<Node, Total> totals = totals(sum == null ? List.of() : List.of(sum));
    CodeBlock loop = loop(level, inputs, writes, totals);
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
  CodeBlock loop(int level, LoopInputs inputs, List<Node> writes, Map<Node, Total> totals) {
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
    code.add(row.body(new RowColumns(row, inputs, true), level, writes, lanes));
    code.endControlFlow();
    if (ragged()) {
      code.beginControlFlow("for (int c = $L; c < $L; c++)", whole, row.width());
      code.add(row.body(new RowColumns(row, inputs, false), level, writes, rests));
      code.endControlFlow();
    }
    return code.build();
  }

  private boolean ragged() {
    return row.width() % 16 != 0;
  }
}
