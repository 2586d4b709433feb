package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import dev.swax.runtime.kernel.RowMath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Prints a row kernel.
 *
 * <pre>{@code
 * private void localForward1(int part, int from, int to) {
 *   MemorySegment x = stream[layer].segment();
 *   for (int row = from; row < to; row++) {
 *     long at = (long) row * 256 * Float.BYTES;
 *     FloatVector sumLanes = FloatVector.zero(SPECIES);
 *     for (int c = 0; c < 256; c += LANES) { … }
 *     float sum = VectorMath.sum(sumLanes);
 *     for (int c = 0; c < 256; c += LANES) { … }
 *   }
 * }
 * }</pre>
 */
final class RowKernelEmitter {
  private final GraphPlan plan;
  private final Context context;
  private final RowKernel kernel;
  private final RowLevels levels;
  private final JavaNames names =
      new JavaNames()
          .reserve("part", "from", "to", "row", "at", "group", "first", "c", "mask", "layer")
          .reserve("SPECIES", "LANES", "ORDER", "FLOAT")
          .reserve("Math", "Float", "VectorMath", "RowMath", "FloatVector");
  private final Map<ValueId, String> segments = new LinkedHashMap<>();
  private final Map<ValueId, String> narrows = new LinkedHashMap<>();
  private final Map<ValueId, String> partials = new LinkedHashMap<>();
  private final CodeBlock.Builder code = CodeBlock.builder();
  private final int width;
  private final boolean masked;

  RowKernelEmitter(GraphPlan plan, Context context, RowKernel kernel) {
    this.plan = plan;
    this.context = context;
    this.kernel = kernel;
    this.levels = new RowLevels(plan.graph(), kernel);
    this.width = kernel.columns() / kernel.groups();
    this.masked = width % 16 != 0;
  }

  MethodSpec emit() {
    declareSegments();
    code.beginControlFlow("for (int row = from; row < to; row++)");
    if (kernel.groups() > 1) {
      code.beginControlFlow("for (int group = 0; group < $L; group++)", kernel.groups());
      code.addStatement("int first = group * $L", width);
    }
    code.addStatement(
        kernel.groups() > 1
            ? "long at = ((long) row * $L + first) * Float.BYTES"
            : "long at = (long) row * $L * Float.BYTES",
        kernel.columns());
    readNarrowInputs();
    for (int level = 0; level <= levels.last(); level++) {
      emitLevel(level);
    }
    if (kernel.groups() > 1) {
      code.endControlFlow();
    }
    code.endControlFlow();
    return MethodSpec.methodBuilder(context.kernelMethod(kernel.name()))
        .addJavadoc("$L", Comments.kernel(plan.graph(), kernel))
        .addModifiers(Modifier.PRIVATE)
        .addParameter(int.class, "part")
        .addParameter(int.class, "from")
        .addParameter(int.class, "to")
        .addCode(code.build())
        .build();
  }

  private void declareSegments() {
    for (ValueId member : kernel.members()) {
      for (ValueId operand : plan.graph().node(member).operands()) {
        declareRead(operand);
      }
    }
    for (ValueId output : kernel.outputs()) {
      if (!(plan.graph().node(output).op() instanceof Op.SumRows)) {
        segments.computeIfAbsent(output, id -> declare(id, "_out"));
      }
    }
    for (Node sum : levels.rowSums()) {
      String name = names.fresh("partial_" + (partials.size() + 1));
      code.addStatement("$T $L = partials[$L].segment()", Types.SEGMENT, name, partials.size());
      code.addStatement(
          "$T.clear($L, (long) part * $L, $L)",
          RowMath.class,
          name,
          sum.type().columns(),
          sum.type().columns());
      partials.put(sum.id(), name);
    }
  }

  /** What loops spread over columns is read before them. */
  private void readNarrowInputs() {
    for (ValueId member : kernel.members()) {
      readSpreadSource(member);
      plan.graph().node(member).operands().forEach(this::readSpreadSource);
    }
  }

  private void readSpreadSource(ValueId id) {
    Node node = plan.graph().node(id);
    boolean spreadHere = levels.isMember(id) || !segments.containsKey(id);
    if (node.op() instanceof Op.SpreadGroups && spreadHere && !levels.isMember(node.operand(0))) {
      narrowValue(node.operand(0));
    }
  }

  private void declareRead(ValueId id) {
    Node node = plan.graph().node(id);
    boolean spread = node.op() instanceof Op.SpreadRow || node.op() instanceof Op.SpreadGroups;
    if (spread && !plan.places().containsKey(id)) {
      declareRead(node.operand(0));
    } else if (!levels.isMember(id) && !(node.op() instanceof Op.Constant)) {
      segments.computeIfAbsent(id, read -> declare(read, "_in"));
    }
  }

  private String declare(ValueId id, String suffix) {
    Node node = plan.graph().node(id);
    String name = names.fresh(label(node) + suffix);
    code.addStatement("$T $L = $L.segment()", Types.SEGMENT, name, context.tensor(plan.place(id)));
    return name;
  }

  private void emitLevel(int level) {
    for (Node node : levels.narrow(level)) {
      narrow(node);
    }
    for (Node sum : levels.narrowColumnSums(level)) {
      narrowColumnSum(sum);
    }
    List<Node> sums = levels.sums(level);
    List<Node> columnSums = levels.columnSums(level);
    List<Node> outputs = levels.wideOutputs(level);
    if (sums.isEmpty() && columnSums.isEmpty() && outputs.isEmpty()) {
      return;
    }
    Map<ValueId, String> lanes = new LinkedHashMap<>();
    for (Node sum : sums) {
      String name = names.fresh(label(sum) + "_lanes");
      lanes.put(sum.id(), name);
      code.addStatement("$T $L = FloatVector.zero(SPECIES)", Types.VECTOR, name);
    }
    var loop = new ColumnLoop(this, level);
    code.beginControlFlow("for (int c = 0; c < $L; c += LANES)", width);
    if (masked) {
      code.addStatement("$T<Float> mask = SPECIES.indexInRange(c, $L)", Types.MASK, width);
    }
    for (Node output : outputs) {
      loop.store(output);
    }
    for (Node sum : sums) {
      loop.accumulate(sum, lanes.getOrDefault(sum.id(), ""));
    }
    for (Node sum : columnSums) {
      loop.accumulateColumn(sum, partials.getOrDefault(sum.id(), ""));
    }
    code.endControlFlow();
    for (Node sum : sums) {
      String name = names.fresh(label(sum));
      narrows.put(sum.id(), name);
      code.addStatement("float $L = VectorMath.sum($L)", name, lanes.get(sum.id()));
      storeNarrow(sum, name);
    }
  }

  private void narrow(Node node) {
    String expression =
        switch (node.op()) {
          case Op.Unary(var function) ->
              ScalarExpressions.unary(function, narrowValue(node.operand(0)));
          case Op.Binary(var function) ->
              ScalarExpressions.binary(
                  function, narrowValue(node.operand(0)), narrowValue(node.operand(1)));
          case Op.SpreadRow _ -> rowValue(node.operand(0));
          default -> throw new IllegalStateException("not narrow: " + node);
        };
    String name = names.fresh(label(node));
    narrows.put(node.id(), name);
    code.addStatement("float $L = $L", name, expression);
    storeNarrow(node, name);
  }

  private void storeNarrow(Node node, String name) {
    if (kernel.outputs().contains(node.id())) {
      code.addStatement(
          "$L.setAtIndex(FLOAT, $L, $L)", segments.get(node.id()), narrowIndex(), name);
    }
  }

  private void narrowColumnSum(Node sum) {
    String index =
        kernel.groups() > 1 ? "(long) part * %d + group".formatted(kernel.groups()) : "part";
    String partial = partials.get(sum.id());
    code.addStatement(
        "$L.setAtIndex(FLOAT, $L, $L.getAtIndex(FLOAT, $L) + $L)",
        partial,
        index,
        partial,
        index,
        narrowValue(sum.operand(0)));
  }

  /** A name or literal of one float: a value with one number for each group. */
  String narrowValue(ValueId id) {
    String known = narrows.get(id);
    if (known != null) {
      return known;
    }
    Node node = plan.graph().node(id);
    String expression =
        switch (node.op()) {
          case Op.Constant(double value) -> literal(value);
          case Op.SpreadRow _ when !segments.containsKey(id) -> rowValue(node.operand(0));
          default -> "%s.getAtIndex(FLOAT, %s)".formatted(segment(id), narrowIndex());
        };
    if (node.op() instanceof Op.Constant) {
      return expression;
    }
    String name = names.fresh(label(node));
    code.addStatement("float $L = $L", name, expression);
    narrows.put(id, name);
    return name;
  }

  /** The number of a row [1, groups] that belongs to the group. */
  private String rowValue(ValueId row) {
    return plan.graph().node(row).op() instanceof Op.Constant(double value)
        ? literal(value)
        : "%s.getAtIndex(FLOAT, %s)".formatted(segment(row), grouped() ? "group" : "0");
  }

  private String narrowIndex() {
    return kernel.groups() > 1 ? "(long) row * %d + group".formatted(kernel.groups()) : "row";
  }

  static String literal(double value) {
    float narrowed = (float) value;
    if (Float.isNaN(narrowed)) {
      return "Float.NaN";
    }
    if (Float.isInfinite(narrowed)) {
      return narrowed > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
    }
    String text = Math.abs(narrowed) + "f";
    return Math.copySign(1, narrowed) < 0 ? "(-" + text + ")" : text;
  }

  static String label(Node node) {
    return node.name() == null ? "v" + node.id().index() : node.name();
  }

  CodeBlock.Builder code() {
    return code;
  }

  GraphPlan plan() {
    return plan;
  }

  RowLevels levels() {
    return levels;
  }

  boolean masked() {
    return masked;
  }

  boolean grouped() {
    return kernel.groups() > 1;
  }

  int columns() {
    return kernel.columns();
  }

  JavaNames names() {
    return names;
  }

  String segment(ValueId id) {
    String segment = segments.get(id);
    if (segment == null) {
      throw new IllegalStateException(id + " is not read from memory in " + kernel.name());
    }
    return segment;
  }

  boolean isInMemory(ValueId id) {
    return segments.containsKey(id);
  }
}
