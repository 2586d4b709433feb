package dev.swax.compiler.codegen.row;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.Spelling;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Walks a row kernel: where its values lie, then row by row and group by group, level by level, the
 * narrow values and the loops over the columns. How a target says each of these, subclasses know.
 *
 * <pre>{@code
 * for (int row = …) {
 *   int at = row * 256;
 *   float sum = …
 *   for (int c = …) {
 *     …
 *   }
 * }
 * }</pre>
 */
public abstract class RowWriter {
  private final GraphPlan plan;
  private final RowKernel kernel;
  private final RowLevels levels;
  private final JavaNames names = new JavaNames();
  private final CodeBlock.Builder code = CodeBlock.builder();
  private final Map<ValueId, String> addresses = new LinkedHashMap<>();
  private final Map<ValueId, String> narrows = new LinkedHashMap<>();

  protected RowWriter(GraphPlan plan, RowKernel kernel, RowLevels levels) {
    this.plan = plan;
    this.kernel = kernel;
    this.levels = levels;
  }

  // What a target says -------------------------------------------------------------------------

  /** Comes first, before values in memory are declared. */
  protected void begin() {}

  /** Declares a variable that tells where a value lies; gives its name. */
  protected abstract String declare(ValueId id, boolean written);

  /** Comes before the loop over the rows. */
  protected void beginRows() {}

  /** The head of the loop over the rows. */
  protected abstract String rows();

  /** Comes first in each row, or in each group of a row. */
  protected abstract void beginRow();

  /** Adds a number to the part of a sum over rows. */
  protected abstract void addToPart(Node sum, String value);

  /** The work column by column of a level; tells {@link #known} the sums that it took. */
  protected abstract void columns(int level);

  /** Comes after a narrow value got its name, to write it to memory where it is an output. */
  protected abstract void named(Node node, String name);

  /** Reads one number of a value. */
  protected abstract String get(ValueId id, String index);

  /** The index of the number that belongs to the row, or to the group of the row. */
  protected abstract String narrowIndex();

  /** A function of numbers. */
  protected abstract String apply(Spelling function, String... operands);

  // The walk -----------------------------------------------------------------------------------

  protected final void write() {
    begin();
    declareMemory();
    beginRows();
    code.beginControlFlow("$L", rows());
    if (grouped()) {
      code.beginControlFlow("for (int group = 0; group < $L; group++)", kernel.groups());
      code.addStatement("int first = group * $L", width());
    }
    beginRow();
    readNarrowInputs();
    for (int level = 0; level <= levels.last(); level++) {
      levels.narrow(level).forEach(this::narrow);
      for (Node sum : levels.narrowColumnSums(level)) {
        addToPart(sum, narrowValue(sum.operand(0)));
      }
      columns(level);
    }
    if (grouped()) {
      code.endControlFlow();
    }
    code.endControlFlow();
  }

  private void declareMemory() {
    for (ValueId member : kernel.members()) {
      node(member).operands().forEach(this::declareRead);
    }
    for (ValueId output : kernel.outputs()) {
      if (!(node(output).op() instanceof Op.SumRows)) {
        addresses.computeIfAbsent(output, id -> declare(id, true));
      }
    }
  }

  private void declareRead(ValueId id) {
    Node node = node(id);
    if (node.op() instanceof Op.Spread && !plan.places().containsKey(id)) {
      declareRead(node.operand(0));
    } else if (!levels.isMember(id) && !(node.op() instanceof Op.Constant)) {
      addresses.computeIfAbsent(id, read -> declare(read, false));
    }
  }

  /** What loops spread over columns is read before them. */
  private void readNarrowInputs() {
    for (ValueId member : kernel.members()) {
      readSpreadSource(member);
      node(member).operands().forEach(this::readSpreadSource);
    }
  }

  private void readSpreadSource(ValueId id) {
    Node node = node(id);
    boolean spreadHere = levels.isMember(id) || !isInMemory(id);
    if (node.op() instanceof Op.SpreadGroups && spreadHere && !levels.isMember(node.operand(0))) {
      narrowValue(node.operand(0));
    }
  }

  private void narrow(Node node) {
    String expression =
        switch (node.op()) {
          case Op.Unary(var function) -> apply(function.spelling(), narrowValue(node.operand(0)));
          case Op.Binary(var function) ->
              apply(
                  function.spelling(), narrowValue(node.operand(0)), narrowValue(node.operand(1)));
          case Op.SpreadRow _ -> rowValue(node.operand(0));
          default -> throw new IllegalStateException("not narrow: " + node);
        };
    known(node, expression);
  }

  /** From here on a narrow value has a name. */
  protected final void known(Node node, String expression) {
    String name = names.fresh(Comments.label(node));
    narrows.put(node.id(), name);
    code.addStatement("float $L = $L", name, expression);
    named(node, name);
  }

  /** A name or literal of one float: a value with one number for each group. */
  public final String narrowValue(ValueId id) {
    String known = narrows.get(id);
    if (known != null) {
      return known;
    }
    Node node = node(id);
    if (node.op() instanceof Op.Constant(double value)) {
      return Literals.of(value);
    }
    String expression =
        node.op() instanceof Op.SpreadRow && !isInMemory(id)
            ? rowValue(node.operand(0))
            : get(id, narrowIndex());
    String name = names.fresh(Comments.label(node));
    code.addStatement("float $L = $L", name, expression);
    narrows.put(id, name);
    return name;
  }

  /** The number of a row [1, groups] that belongs to the group. */
  private String rowValue(ValueId row) {
    return node(row).op() instanceof Op.Constant(double value)
        ? Literals.of(value)
        : get(row, grouped() ? "group" : "0");
  }

  /** What the loop of a level writes: values, each before its sum over rows; functions; sums. */
  public final List<Node> writes(int level) {
    List<Node> sums = levels.columnSums(level);
    var writes = new LinkedHashSet<Node>();
    for (Node output : levels.wideOutputs(level)) {
      writes.add(output);
      sums.stream().filter(sum -> sum.operand(0).equals(output.id())).forEach(writes::add);
    }
    levels.functionsAfter(level).stream()
        .filter(function -> !isInMemory(function.operand(0)))
        .forEach(writes::add);
    writes.addAll(sums);
    return List.copyOf(writes);
  }

  /**
   * The body of a loop of a level.
   *
   * @param writes what it writes
   * @param totals what sums over columns are added to
   */
  public final CodeBlock body(
      ColumnDialect dialect, int level, List<Node> writes, Map<Node, String> totals) {
    return columns(dialect, level, writes, totals).body();
  }

  /** How many loads, stores and functions that body has. */
  public final int operations(
      ColumnDialect dialect, int level, List<Node> writes, Map<Node, String> totals) {
    return columns(dialect, level, writes, totals).operations();
  }

  private ColumnWriter columns(
      ColumnDialect dialect, int level, List<Node> writes, Map<Node, String> totals) {
    List<Node> functions = levels.functionsAfter(level);
    var columns = new ColumnWriter(this, dialect, level);
    for (Node write : writes) {
      if (write.op() instanceof Op.SumRows) {
        continue;
      }
      columns.store(functions.contains(write) ? write.operand(0) : write.id(), write.id());
    }
    totals.forEach(columns::accumulate);
    writes.stream().filter(w -> w.op() instanceof Op.SumRows).forEach(columns::accumulateColumn);
    return columns;
  }

  // What is known ------------------------------------------------------------------------------

  /** The statements so far. */
  protected final CodeBlock.Builder code() {
    return code;
  }

  public final JavaNames names() {
    return names;
  }

  public final RowKernel kernel() {
    return kernel;
  }

  public final RowLevels levels() {
    return levels;
  }

  public final Node node(ValueId id) {
    return plan.graph().node(id);
  }

  /** Columns of a group. */
  public final int width() {
    return kernel.columns() / kernel.groups();
  }

  public final boolean grouped() {
    return kernel.groups() > 1;
  }

  /** From here on a variable tells where a value lies. */
  protected final void lies(ValueId id, String variable) {
    addresses.put(id, variable);
  }

  /** The variable that tells where a value lies. */
  public final String address(ValueId id) {
    String address = addresses.get(id);
    if (address == null) {
      throw new IllegalStateException(id + " is not in memory in " + kernel.name());
    }
    return address;
  }

  public final boolean isInMemory(ValueId id) {
    return addresses.containsKey(id);
  }

  /** Whether a value has been written when the loop of a level begins. */
  final boolean isWritten(ValueId id, int level) {
    return isInMemory(id) && levels.isReadyBefore(id, level);
  }

  /** Whether a narrow value is a variable of the kernel, not a literal. */
  public final boolean isName(String narrow) {
    return narrows.containsValue(narrow);
  }

  protected final boolean isOutput(Node node) {
    return kernel.outputs().contains(node.id());
  }
}
