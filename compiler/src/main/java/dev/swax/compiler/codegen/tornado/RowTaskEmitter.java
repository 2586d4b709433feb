package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.row.RowWriter;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.Spelling;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
final class RowTaskEmitter extends RowWriter {
  /** Threads of a work-group: a power of two. */
  static final int THREADS = 64;

  private final GraphPlan plan;
  private final TaskWords words;

  RowTaskEmitter(GraphPlan plan, RowKernel kernel, TaskWords words) {
    super(plan, kernel, new RowLevels(plan.graph(), kernel, false));
    this.plan = plan;
    this.words = words;
    names()
        .reserve("context", "thread", "part", "row", "group", "first", "at", "c", "shares")
        .reserve("stride", "Math", "Float", "TornadoMath", "DeviceMath");
    for (DeviceArray array : DeviceArray.values()) {
      names().reserve(array.javaName());
    }
    for (ControlWord word : ControlWord.values()) {
      names().reserve(word.variable());
    }
  }

  /** The body of the task. */
  CodeBlock emit() {
    write();
    return CodeBlock.builder().add(words.declarations()).add(code().build()).build();
  }

  @Override
  protected void begin() {
    code().addStatement("int thread = context.localIdx");
    code().addStatement("int part = context.groupIdx");
    boolean sums =
        IntStream.rangeClosed(0, levels().last()).anyMatch(l -> !levels().sums(l).isEmpty());
    if (sums) {
      code().addStatement("float[] shares = context.allocateFloatLocalArray($L)", THREADS);
    }
    clearPartials();
  }

  /** Sums over rows begin at zero in every part; each thread clears what it will add to. */
  private void clearPartials() {
    List<Node> rowSums = levels().rowSums();
    for (int i = 0; i < rowSums.size(); i++) {
      int columns = rowSums.get(i).type().columns();
      String name = names().fresh("partial_" + (i + 1));
      lies(rowSums.get(i).id(), name);
      code().addStatement("int $L = $L + part * $L", name, partialFrom(rowSums, i, words), columns);
      clear(name, rowSums.get(i));
    }
  }

  /** Whether a sum over the rows is one over the groups of a row too. */
  static boolean isOfGroups(Node sum) {
    return !sum.op().equals(new Op.SumRows());
  }

  /** Every number is cleared by the thread that adds to it, so that nobody has to wait. */
  private void clear(String from, Node sum) {
    String partials = words.array(DeviceArray.PARTIALS);
    int columns = sum.type().columns();
    if (!isOfGroups(sum) && columns != kernel().columns()) {
      code().beginControlFlow("if (thread == 0)");
      code().beginControlFlow("for (int c = 0; c < $L; c++)", columns);
      code().addStatement("$L.set($L + c, 0f)", partials, from);
      code().endControlFlow();
      code().endControlFlow();
      return;
    }
    boolean byGroups = grouped() && !isOfGroups(sum);
    if (byGroups) {
      code().beginControlFlow("for (int first = 0; first < $L; first += $L)", columns, width());
    }
    code().beginControlFlow("for (int c = thread; c < $L; c += $L)", width(), THREADS);
    code().addStatement("$L.set($L + c, 0f)", partials, byGroups ? from + " + first" : from);
    code().endControlFlow();
    if (byGroups) {
      code().endControlFlow();
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

  @Override
  protected String declare(ValueId id, boolean written) {
    String name = names().fresh(Comments.label(node(id)) + "_from");
    code().addStatement("int $L = $L", name, words.from(plan.place(id)));
    return name;
  }

  @Override
  protected String rows() {
    return "for (int row = part; row < %s; row += %s)"
        .formatted(words.rows(), words.word(ControlWord.PARTS));
  }

  @Override
  protected void beginRow() {
    code().addStatement("int at = row * $L$L", kernel().columns(), grouped() ? " + first" : "");
  }

  @Override
  protected void columns(int level) {
    if (!levels().hasLoop(level)) {
      return;
    }
    Map<Node, String> totals = new LinkedHashMap<>();
    for (Node sum : levels().sums(level)) {
      String share = names().fresh(Comments.label(sum) + "_share");
      totals.put(sum, share);
      code().addStatement("float $L = 0f", share);
    }
    CodeBlock body = body(new RowTaskColumns(this), level, writes(level), totals);
    code().beginControlFlow("for (int c = thread; c < $L; c += $L)", width(), THREADS);
    code().add(body);
    code().endControlFlow();
    totals.forEach((sum, share) -> known(sum, addShares(share)));
  }

  /** Adds a number of every thread, always in the same order; gives an expression of the total. */
  private String addShares(String share) {
    code().addStatement("shares[thread] = $L", share);
    code().beginControlFlow("for (int stride = $L; stride > 0; stride = stride / 2)", THREADS / 2);
    code().addStatement("context.localBarrier()");
    code().beginControlFlow("if (thread < stride)");
    code().addStatement("shares[thread] = shares[thread] + shares[thread + stride]");
    code().endControlFlow();
    code().endControlFlow();
    code().addStatement("context.localBarrier()");
    return "shares[0]";
  }

  @Override
  protected void named(Node node, String name) {
    if (node.op() instanceof Op.SumGroups) {
      code().addStatement("context.localBarrier()");
    }
    if (isOutput(node)) {
      byOneThread(statement(set(node.id(), narrowIndex(), name)));
    }
  }

  @Override
  protected void addToPart(Node sum, String value) {
    byOneThread(addToPart(sum, grouped() ? "group" : "", value));
  }

  private void byOneThread(CodeBlock statement) {
    code().beginControlFlow("if (thread == 0)").add(statement).endControlFlow();
  }

  /** Adds to a number of a part; an empty index is the first. */
  CodeBlock addToPart(Node sum, String index, String value) {
    String partials = words.array(DeviceArray.PARTIALS);
    String at = address(sum.id()) + (index.isEmpty() ? "" : " + " + index);
    return statement("%s.set(%s, %s.get(%s) + %s)".formatted(partials, at, partials, at, value));
  }

  private static CodeBlock statement(String statement) {
    return CodeBlock.builder().addStatement("$L", statement).build();
  }

  @Override
  protected String get(ValueId id, String index) {
    return "%s.get(%s + %s)".formatted(words.array(plan.place(id)), address(id), index);
  }

  /** Writes one number of a value. */
  String set(ValueId id, String index, String value) {
    return "%s.set(%s + %s, %s)".formatted(words.array(plan.place(id)), address(id), index, value);
  }

  @Override
  protected String narrowIndex() {
    return grouped() ? "row * %s + group".formatted(kernel().groups()) : "row";
  }

  @Override
  protected String apply(Spelling function, String... operands) {
    return function.device(operands);
  }
}
