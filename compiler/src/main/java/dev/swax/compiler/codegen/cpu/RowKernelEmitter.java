package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.MethodSpec;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.row.RowWriter;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.Spelling;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import dev.swax.runtime.kernel.row.RowMath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Prints a row kernel. Where it has several loops over the columns, each is a method of its own:
 * small enough for the compiler of the Java machine to inline all of its vector operations.
 *
 * <pre>{@code
 * private void localForward1(int part, int from, int to) {
 *   MemorySegment x = stream[layer].segment();
 *   for (int row = from; row < to; row++) {
 *     long at = (long) row * 256 * Float.BYTES;
 *     float sum = localForward1Loop1(x, at);
 *     …
 *     localForward1Loop2(x, at, scale, y);
 *   }
 * }
 * }</pre>
 */
final class RowKernelEmitter extends RowWriter {
  private final GraphPlan plan;
  private final Context context;
  private final RowLoops loops;
  private final Set<ValueId> ofParts = new LinkedHashSet<>();

  RowKernelEmitter(GraphPlan plan, Context context, RowKernel kernel) {
    super(plan, kernel, new RowLevels(plan.graph(), kernel));
    names()
        .reserve("part", "from", "to", "row", "at", "own", "group", "first", "c")
        .reserve("layer")
        .reserve("SPECIES", "LANES", "ORDER", "FLOAT")
        .reserve("Math", "Float", "VectorMath", "RowMath", "FloatVector");
    this.plan = plan;
    this.context = context;
    this.loops = new RowLoops(this, context);
  }

  /** The kernel's method, then those of its loops. */
  List<MethodSpec> emit() {
    write();
    var methods = new ArrayList<MethodSpec>();
    methods.add(
        MethodSpec.methodBuilder(context.kernelMethod(kernel().name()))
            .addJavadoc("$L", Comments.kernel(plan.graph(), kernel()))
            .addModifiers(Modifier.PRIVATE)
            .addParameter(int.class, "part")
            .addParameter(int.class, "from")
            .addParameter(int.class, "to")
            .addCode(code().build())
            .build());
    methods.addAll(loops.methods());
    return methods;
  }

  @Override
  protected String declare(ValueId id, boolean written) {
    String name = names().fresh(Comments.label(node(id)) + (written ? "_out" : "_in"));
    code()
        .addStatement("$T $L = $L.segment()", Types.SEGMENT, name, context.tensor(plan.place(id)));
    return name;
  }

  /** What each part has for itself: its sums over rows, and a row of each function. */
  @Override
  protected void beginRows() {
    for (Node sum : levels().rowSums()) {
      int columns = sum.type().columns();
      String name = declareOfPart(sum, "partial_" + (ofParts.size() + 1));
      code()
          .addStatement(
              "$T.clear($L, (long) part * $L, $L)", RowMath.class, name, columns, columns);
    }
    for (Node row : levels().rows()) {
      declareOfPart(row, Comments.label(row) + "_row");
    }
    levels().fixedFunctions().forEach(this::fixedFunction);
  }

  /** A function of a row that all rows share: once for each part. */
  private void fixedFunction(Node node) {
    Node spread = node(node.operand(0));
    ValueId from = isInMemory(spread.operand(0)) ? spread.operand(0) : spread.id();
    code()
        .addStatement(
            "$L($L, 0, $L, (long) part * $L * Float.BYTES, $L)",
            context.functions().method(((Op.Unary) node.op()).function()),
            address(from),
            address(node.id()),
            width(),
            width());
  }

  private String declareOfPart(Node node, String suggestion) {
    String name = names().fresh(suggestion);
    code().addStatement("$T $L = partials[$L].segment()", Types.SEGMENT, name, ofParts.size());
    lies(node.id(), name);
    ofParts.add(node.id());
    return name;
  }

  @Override
  protected String rows() {
    return "for (int row = from; row < to; row++)";
  }

  @Override
  protected void beginRow() {
    declarePosition("at", "row");
    if (!ofParts.isEmpty()) {
      declarePosition("own", "part");
    }
  }

  private void declarePosition(String name, String row) {
    code()
        .addStatement(
            grouped()
                ? "long $L = ((long) $L * $L + first) * Float.BYTES"
                : "long $L = (long) $L * $L * Float.BYTES",
            name,
            row,
            kernel().columns());
  }

  @Override
  protected void columns(int level) {
    levels().functions(level).forEach(this::function);
    if (!levels().hasLoop(level)) {
      return;
    }
    List<Node> sums = levels().sums(level);
    Node first = sums.isEmpty() ? null : sums.getFirst();
    List<List<Node>> parts = loops.parts(level, first);
    if (levels().loops() == 1 && parts.size() == 1) {
      Map<Node, RowLoops.Total> totals = loops.totals(sums);
      code().add(loops.loop(level, new LoopInputs(this), parts.getFirst(), totals));
      totals.forEach((sum, total) -> known(sum, loops.value(total)));
      return;
    }
    parts.subList(0, parts.size() - 1).forEach(part -> loopMethod(level, part, null));
    loopMethod(level, parts.getLast(), first);
    for (int i = 1; i < sums.size(); i++) {
      loopMethod(level, List.of(), sums.get(i));
    }
  }

  private void loopMethod(int level, List<Node> writes, @Nullable Node sum) {
    String call = loops.method(level, writes, sum);
    if (sum == null) {
      code().addStatement("$L", call);
    } else {
      known(sum, call);
    }
  }

  /** A row of a transcendental function, from where its operand lies; in place if nowhere. */
  private void function(Node node) {
    ValueId from = isInMemory(node.operand(0)) ? node.operand(0) : node.id();
    code()
        .addStatement(
            "$L($L, $L, $L, $L, $L)",
            context.functions().method(((Op.Unary) node.op()).function()),
            address(from),
            isOfPart(from) ? "own" : "at",
            address(node.id()),
            isOfPart(node.id()) ? "own" : "at",
            width());
  }

  @Override
  protected void named(Node node, String name) {
    if (isOutput(node)) {
      code().addStatement("$L.setAtIndex(FLOAT, $L, $L)", address(node.id()), narrowIndex(), name);
    }
  }

  @Override
  protected void addToPart(Node sum, String value) {
    String partial = address(sum.id());
    String index = grouped() ? "(long) part * %s + group".formatted(kernel().groups()) : "part";
    code()
        .addStatement(
            "$L.setAtIndex(FLOAT, $L, $L.getAtIndex(FLOAT, $L) + $L)",
            partial,
            index,
            partial,
            index,
            value);
  }

  @Override
  protected String get(ValueId id, String index) {
    return "%s.getAtIndex(FLOAT, %s)".formatted(address(id), index);
  }

  @Override
  protected String narrowIndex() {
    return grouped() ? "(long) row * %s + group".formatted(kernel().groups()) : "row";
  }

  @Override
  protected String apply(Spelling function, String... operands) {
    return function.scalar(operands);
  }

  /** Whether a value has one row for each part instead of one for each token. */
  boolean isOfPart(ValueId id) {
    return ofParts.contains(id);
  }
}
