package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints a row kernel for a device. A work-group takes every {@code parts}-th row; its threads
 * share the columns, so that neighbours read neighbouring numbers, and add their sums in local
 * memory.
 *
 * <pre>{@code
 * for (int row = part; row < rows; row += parts) {
 *   int at = row * 256;
 *   float sum = 0f;
 *   for (int c = thread; c < 256; c += 64) {
 *     sum = sum + …;
 *   }
 *   shares[thread] = sum; …
 *   for (int c = thread; c < 256; c += 64) {
 *     scratch.set(yAt + at + c, …);
 *   }
 * }
 * }</pre>
 */
final class RowTaskEmitter {
  /** Threads of a work-group: a power of two. */
  static final int THREADS = 64;

  private final GraphPlan plan;
  private final RowKernel kernel;
  private final RowLevels levels;
  private final TaskWords words;
  private final JavaNames names =
      new JavaNames()
          .reserve("context", "thread", "part", "row", "group", "first", "at", "c", "shares")
          .reserve("stride", "Math", "Float", "TornadoMath", "DeviceMath");
  private final Map<ValueId, String> starts = new LinkedHashMap<>();
  private final Map<ValueId, String> narrows = new LinkedHashMap<>();
  private final List<Node> rowSums;
  private final CodeBlock.Builder code = CodeBlock.builder();
  private final int width;

  RowTaskEmitter(GraphPlan plan, RowKernel kernel, TaskWords words) {
    this.plan = plan;
    this.kernel = kernel;
    this.words = words;
    this.levels = new RowLevels(plan.graph(), kernel, false);
    this.rowSums = levels.rowSums();
    this.width = kernel.columns() / kernel.groups();
    for (DeviceArray array : DeviceArray.values()) {
      names.reserve(array.javaName());
    }
    for (ControlWord word : ControlWord.values()) {
      names.reserve(word.variable());
    }
  }

  /** The body of the task. */
  CodeBlock emit() {
    code.addStatement("int thread = context.localIdx");
    code.addStatement("int part = context.groupIdx");
    boolean sums = false;
    for (int level = 0; level <= levels.last(); level++) {
      sums |= !levels.sums(level).isEmpty();
    }
    if (sums) {
      code.addStatement("float[] shares = context.allocateFloatLocalArray($L)", THREADS);
    }
    clearPartials();
    declareStarts();
    code.beginControlFlow(
        "for (int row = part; row < $L; row += $L)", words.rows(), words.word(ControlWord.PARTS));
    if (grouped()) {
      code.beginControlFlow("for (int group = 0; group < $L; group++)", kernel.groups());
      code.addStatement("int first = group * $L", width);
      code.addStatement("int at = row * $L + first", kernel.columns());
    } else {
      code.addStatement("int at = row * $L", kernel.columns());
    }
    readNarrowInputs();
    for (int level = 0; level <= levels.last(); level++) {
      emitLevel(level);
    }
    if (grouped()) {
      code.endControlFlow();
    }
    code.endControlFlow();
    return CodeBlock.builder().add(words.declarations()).add(code.build()).build();
  }

  /** Sums over rows begin at zero in every part; each thread clears what it will add to. */
  private void clearPartials() {
    for (int i = 0; i < rowSums.size(); i++) {
      int columns = rowSums.get(i).type().columns();
      String name = names.fresh("partial_" + (i + 1));
      starts.put(rowSums.get(i).id(), name);
      code.addStatement("int $L = $L + part * $L", name, partialFrom(rowSums, i, words), columns);
      clear(name, columns);
    }
  }

  /** Every number is cleared by the thread that adds to it, so that nobody has to wait. */
  private void clear(String from, int columns) {
    String partials = words.array(DeviceArray.PARTIALS);
    if (columns != kernel.columns()) {
      code.beginControlFlow("if (thread == 0)");
      code.beginControlFlow("for (int c = 0; c < $L; c++)", columns);
      code.addStatement("$L.set($L + c, 0f)", partials, from);
      code.endControlFlow();
      code.endControlFlow();
      return;
    }
    if (grouped()) {
      code.beginControlFlow("for (int first = 0; first < $L; first += $L)", columns, width);
    }
    code.beginControlFlow("for (int c = thread; c < $L; c += $L)", width, THREADS);
    code.addStatement("$L.set($L + c, 0f)", partials, grouped() ? from + " + first" : from);
    code.endControlFlow();
    if (grouped()) {
      code.endControlFlow();
    }
  }

  /** Where the parts of the sum with an index begin: after those of the sums before it. */
  static String partialFrom(List<Node> rowSums, int index, TaskWords words) {
    int before = 0;
    for (int i = 0; i < index; i++) {
      before += rowSums.get(i).type().columns();
    }
    return before == 0 ? "0" : words.word(ControlWord.PARTS) + " * " + before;
  }

  private void declareStarts() {
    for (ValueId member : kernel.members()) {
      plan.graph().node(member).operands().forEach(this::declareRead);
    }
    for (ValueId output : kernel.outputs()) {
      if (!(plan.graph().node(output).op() instanceof Op.SumRows)) {
        declareStart(output);
      }
    }
  }

  private void declareRead(ValueId id) {
    Node node = plan.graph().node(id);
    boolean spread = node.op() instanceof Op.SpreadRow || node.op() instanceof Op.SpreadGroups;
    if (spread && !plan.places().containsKey(id)) {
      declareRead(node.operand(0));
    } else if (!levels.isMember(id) && !(node.op() instanceof Op.Constant)) {
      declareStart(id);
    }
  }

  private void declareStart(ValueId id) {
    if (!starts.containsKey(id)) {
      String name = names.fresh(Comments.label(plan.graph().node(id)) + "_from");
      code.addStatement("int $L = $L", name, words.from(plan.place(id)));
      starts.put(id, name);
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
    boolean spreadHere = levels.isMember(id) || !starts.containsKey(id);
    if (node.op() instanceof Op.SpreadGroups && spreadHere && !levels.isMember(node.operand(0))) {
      narrowValue(node.operand(0));
    }
  }

  private void emitLevel(int level) {
    levels.narrow(level).forEach(this::narrow);
    levels.narrowColumnSums(level).forEach(this::narrowColumnSum);
    if (!levels.hasLoop(level)) {
      return;
    }
    List<Node> sums = levels.sums(level);
    Map<Node, String> totals = new LinkedHashMap<>();
    for (Node sum : sums) {
      String share = names.fresh(Comments.label(plan.graph().node(sum.id())) + "_share");
      totals.put(sum, share);
      code.addStatement("float $L = 0f", share);
    }
    var loop = new RowTaskLoop(this, level);
    levels.wideOutputs(level).forEach(loop::store);
    totals.forEach(loop::accumulate);
    levels.columnSums(level).forEach(loop::accumulateColumn);
    code.beginControlFlow("for (int c = thread; c < $L; c += $L)", width, THREADS);
    code.add(loop.body());
    code.endControlFlow();
    totals.forEach((sum, share) -> known(sum, addShares(share)));
  }

  /** Adds a number of every thread, always in the same order; gives an expression of the total. */
  private String addShares(String share) {
    code.addStatement("shares[thread] = $L", share);
    code.beginControlFlow("for (int stride = $L; stride > 0; stride = stride / 2)", THREADS / 2);
    code.addStatement("context.localBarrier()");
    code.beginControlFlow("if (thread < stride)");
    code.addStatement("shares[thread] = shares[thread] + shares[thread + stride]");
    code.endControlFlow();
    code.endControlFlow();
    code.addStatement("context.localBarrier()");
    return "shares[0]";
  }

  /** From here on a narrow value has a name. */
  private void known(Node node, String expression) {
    String name = names.fresh(Comments.label(plan.graph().node(node.id())));
    code.addStatement("float $L = $L", name, expression);
    narrows.put(node.id(), name);
    if (node.op() instanceof Op.SumGroups) {
      code.addStatement("context.localBarrier()");
    }
    if (kernel.outputs().contains(node.id())) {
      code.beginControlFlow("if (thread == 0)");
      code.addStatement("$L", set(node.id(), narrowIndex(), name));
      code.endControlFlow();
    }
  }

  private void narrow(Node node) {
    String expression =
        switch (node.op()) {
          case Op.Unary(var function) ->
              DeviceExpressions.unary(function, narrowValue(node.operand(0)));
          case Op.Binary(var function) ->
              DeviceExpressions.binary(
                  function, narrowValue(node.operand(0)), narrowValue(node.operand(1)));
          case Op.SpreadRow _ -> rowValue(node.operand(0));
          default -> throw new IllegalStateException("not narrow: " + node);
        };
    known(node, expression);
  }

  private void narrowColumnSum(Node sum) {
    String index = start(sum.id()) + (grouped() ? " + group" : "");
    String partials = words.array(DeviceArray.PARTIALS);
    String value = narrowValue(sum.operand(0));
    code.beginControlFlow("if (thread == 0)");
    code.addStatement("$L.set($L, $L.get($L) + $L)", partials, index, partials, index, value);
    code.endControlFlow();
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
          case Op.SpreadRow _ when !starts.containsKey(id) -> rowValue(node.operand(0));
          default -> get(id, narrowIndex());
        };
    if (node.op() instanceof Op.Constant) {
      return expression;
    }
    String name = names.fresh(Comments.label(plan.graph().node(id)));
    code.addStatement("float $L = $L", name, expression);
    narrows.put(id, name);
    return name;
  }

  /** The number of a row [1, groups] that belongs to the group. */
  private String rowValue(ValueId row) {
    return plan.graph().node(row).op() instanceof Op.Constant(double value)
        ? Literals.of(value)
        : get(row, grouped() ? "group" : "0");
  }

  private String narrowIndex() {
    return grouped() ? "row * %s + group".formatted(kernel.groups()) : "row";
  }

  /** Reads a value from memory. */
  String get(ValueId id, String index) {
    return "%s.get(%s + %s)".formatted(words.array(plan.place(id)), start(id), index);
  }

  /** Writes a value to memory. */
  String set(ValueId id, String index, String value) {
    return "%s.set(%s + %s, %s)".formatted(words.array(plan.place(id)), start(id), index, value);
  }

  String start(ValueId id) {
    String start = starts.get(id);
    if (start == null) {
      throw new IllegalStateException(id + " is not in memory in " + kernel.name());
    }
    return start;
  }

  boolean isInMemory(ValueId id) {
    return starts.containsKey(id);
  }

  /** Whether a value has been written when the loop of a level begins. */
  boolean isWritten(ValueId id, int level) {
    return isInMemory(id) && levels.isReadyBefore(id, level);
  }

  GraphPlan plan() {
    return plan;
  }

  RowLevels levels() {
    return levels;
  }

  TaskWords words() {
    return words;
  }

  JavaNames names() {
    return names;
  }

  boolean grouped() {
    return kernel.groups() > 1;
  }
}
