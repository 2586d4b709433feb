package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import dev.swax.runtime.kernel.row.RowMath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
final class RowKernelEmitter {
  private final GraphPlan plan;
  private final Context context;
  private final RowKernel kernel;
  private final RowLevels levels;
  private final JavaNames names =
      new JavaNames()
          .reserve("part", "from", "to", "row", "at", "own", "group", "first", "c")
          .reserve("layer")
          .reserve("SPECIES", "LANES", "ORDER", "FLOAT")
          .reserve("Math", "Float", "VectorMath", "RowMath", "FloatVector");
  private final Map<ValueId, String> segments = new LinkedHashMap<>();
  private final Map<ValueId, String> narrows = new LinkedHashMap<>();
  private final Map<ValueId, String> partials = new LinkedHashMap<>();
  private final Set<ValueId> ownRows = new LinkedHashSet<>();
  private final RowLoops loops;
  private final CodeBlock.Builder code = CodeBlock.builder();
  private final int width;
  private final boolean ragged;

  RowKernelEmitter(GraphPlan plan, Context context, RowKernel kernel) {
    this.plan = plan;
    this.context = context;
    this.kernel = kernel;
    this.levels = new RowLevels(plan.graph(), kernel);
    this.width = kernel.columns() / kernel.groups();
    this.ragged = width % 16 != 0;
    this.loops = new RowLoops(this, context, kernel.name(), width, ragged);
  }

  /** The kernel's method, then those of its loops. */
  List<MethodSpec> emit() {
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
    if (!partials.isEmpty() || !ownRows.isEmpty()) {
      code.addStatement(
          kernel.groups() > 1
              ? "long own = ((long) part * $L + first) * Float.BYTES"
              : "long own = (long) part * $L * Float.BYTES",
          kernel.columns());
    }
    readNarrowInputs();
    for (int level = 0; level <= levels.last(); level++) {
      emitLevel(level);
    }
    if (kernel.groups() > 1) {
      code.endControlFlow();
    }
    code.endControlFlow();
    var methods = new ArrayList<MethodSpec>();
    methods.add(
        MethodSpec.methodBuilder(context.kernelMethod(kernel.name()))
            .addJavadoc("$L", Comments.kernel(plan.graph(), kernel))
            .addModifiers(Modifier.PRIVATE)
            .addParameter(int.class, "part")
            .addParameter(int.class, "from")
            .addParameter(int.class, "to")
            .addCode(code.build())
            .build());
    methods.addAll(loops.methods());
    return methods;
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
    declarePartials();
    for (Node row : levels.rows()) {
      int index = partials.size() + ownRows.size();
      String name = names.fresh(Comments.label(row) + "_row");
      code.addStatement("$T $L = partials[$L].segment()", Types.SEGMENT, name, index);
      segments.put(row.id(), name);
      ownRows.add(row.id());
    }
  }

  private void declarePartials() {
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
    String name = names.fresh(Comments.label(node) + suffix);
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
    levels.functions(level).forEach(this::function);
    if (!levels.hasLoop(level)) {
      return;
    }
    List<Node> sums = levels.sums(level);
    if (levels.loops() == 1) {
      Map<Node, RowLoops.Total> totals = loops.totals(sums);
      code.add(loops.loop(level, new LoopInputs(this), true, totals));
      totals.forEach((sum, total) -> known(sum, total.value(ragged)));
      return;
    }
    loopMethod(level, true, sums.isEmpty() ? null : sums.getFirst());
    for (int i = 1; i < sums.size(); i++) {
      loopMethod(level, false, sums.get(i));
    }
  }

  private void loopMethod(int level, boolean stores, @Nullable Node sum) {
    String call = loops.method(level, stores, sum);
    if (sum == null) {
      code.addStatement("$L", call);
    } else {
      known(sum, call);
    }
  }

  /** A row of a transcendental function, from where its operand lies; in place if nowhere. */
  private void function(Node node) {
    ValueId from = isInMemory(node.operand(0)) ? node.operand(0) : node.id();
    code.addStatement(
        "$L($L, $L, $L, $L, $L)",
        context.functions().method(((Op.Unary) node.op()).function()),
        segment(from),
        isOwnRow(from) ? "own" : "at",
        segment(node.id()),
        isOwnRow(node.id()) ? "own" : "at",
        width);
  }

  /** From here on a narrow value has a name. */
  private void known(Node node, String expression) {
    String name = names.fresh(Comments.label(node));
    narrows.put(node.id(), name);
    code.addStatement("float $L = $L", name, expression);
    storeNarrow(node, name);
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
    known(node, expression);
  }

  private void storeNarrow(Node node, String name) {
    if (kernel.outputs().contains(node.id())) {
      code.addStatement(
          "$L.setAtIndex(FLOAT, $L, $L)", segments.get(node.id()), narrowIndex(), name);
    }
  }

  private void narrowColumnSum(Node sum) {
    String index =
        kernel.groups() > 1 ? "(long) part * %s + group".formatted(kernel.groups()) : "part";
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
          case Op.Constant(double value) -> Literals.of(value);
          case Op.SpreadRow _ when !segments.containsKey(id) -> rowValue(node.operand(0));
          default -> "%s.getAtIndex(FLOAT, %s)".formatted(segment(id), narrowIndex());
        };
    if (node.op() instanceof Op.Constant) {
      return expression;
    }
    String name = names.fresh(Comments.label(node));
    code.addStatement("float $L = $L", name, expression);
    narrows.put(id, name);
    return name;
  }

  /** The number of a row [1, groups] that belongs to the group. */
  private String rowValue(ValueId row) {
    return plan.graph().node(row).op() instanceof Op.Constant(double value)
        ? Literals.of(value)
        : "%s.getAtIndex(FLOAT, %s)".formatted(segment(row), grouped() ? "group" : "0");
  }

  private String narrowIndex() {
    return kernel.groups() > 1 ? "(long) row * %s + group".formatted(kernel.groups()) : "row";
  }

  GraphPlan plan() {
    return plan;
  }

  RowLevels levels() {
    return levels;
  }

  boolean grouped() {
    return kernel.groups() > 1;
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

  /** Whether a value has been written when the loop of a level begins. */
  boolean isWritten(ValueId id, int level) {
    return isInMemory(id) && levels.isReadyBefore(id, level);
  }

  /** Whether a value has one row for each part instead of one for each token. */
  boolean isOwnRow(ValueId id) {
    return ownRows.contains(id);
  }

  /** Where the sum over rows of a value's parts is kept; empty if nowhere. */
  String partial(Node sum) {
    return partials.getOrDefault(sum.id(), "");
  }

  /** Whether a narrow value is a variable of the kernel, not a literal. */
  boolean isName(String narrow) {
    return narrows.containsValue(narrow);
  }
}
