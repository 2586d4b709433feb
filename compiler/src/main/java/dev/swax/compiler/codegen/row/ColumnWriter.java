package dev.swax.compiler.codegen.row;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of one loop over the columns of a row: each value it needs is loaded or computed once.
 * Values of an earlier loop that were written are read again; others are computed again.
 */
final class ColumnWriter {
  private final RowWriter row;
  private final ColumnDialect dialect;
  private final int level;
  private final JavaNames names;
  private final CodeBlock.Builder code = CodeBlock.builder();
  private final Map<ValueId, String> values = new LinkedHashMap<>();
  private int operations;

  ColumnWriter(RowWriter row, ColumnDialect dialect, int level) {
    this.row = row;
    this.dialect = dialect;
    this.level = level;
    this.names = row.names().scope();
  }

  CodeBlock body() {
    return code.build();
  }

  /** How many loads, stores and functions there are so far. */
  int operations() {
    return operations;
  }

  /** Writes a value where those outside the loop find it. */
  void store(ValueId value, ValueId place) {
    String name = value(value);
    code.addStatement("$L", dialect.store(place, name));
    operations++;
  }

  /** Adds a value to a variable of the dialect's type. */
  void accumulate(Node sum, String total) {
    String value = value(sum.operand(0));
    operations++;
    code.addStatement("$L = $L", total, dialect.apply(BinaryFunction.ADD.spelling(), total, value));
  }

  /** Adds a value to the part of a sum over rows. */
  void accumulateColumn(Node sum) {
    String value = value(sum.operand(0));
    code.add(dialect.addToPart(sum, value, names));
    operations += 3;
  }

  /** A name of the value; a number may stay one, where the dialect takes it. */
  private String value(ValueId id) {
    String known = values.get(id);
    if (known != null) {
      return known;
    }
    Node node = row.node(id);
    String value =
        row.isWritten(id, level) || !row.levels().isMember(id) ? read(node) : compute(node);
    values.put(id, value);
    return value;
  }

  private String compute(Node node) {
    return switch (node.op()) {
      case Op.Unary(var function) ->
          define(node, dialect.apply(function.spelling(), value(node.operand(0))));
      case Op.Binary(var function) -> define(node, binary(function, node));
      case Op.SpreadRow _, Op.SpreadGroups _ -> spread(node);
      default -> throw new IllegalStateException("not elementwise: " + node);
    };
  }

  private String binary(BinaryFunction function, Node node) {
    ValueId left = node.operand(0);
    ValueId right = node.operand(1);
    if (!dialect.takesNumbers() && row.node(right).op() instanceof Op.Constant(double value)) {
      return dialect.apply(function.spelling(), value(left), Literals.of(value));
    }
    if (!dialect.takesNumbers()
        && function.commutes()
        && row.node(left).op() instanceof Op.Constant(double value)) {
      return dialect.apply(function.spelling(), value(right), Literals.of(value));
    }
    return dialect.apply(function.spelling(), value(left), value(right));
  }

  /** A value from outside the kernel, a spread, or one that was written before this loop. */
  private String read(Node node) {
    if (node.op() instanceof Op.Constant(double value)) {
      return number(node, Literals.of(value));
    }
    return row.isInMemory(node.id()) ? define(node, dialect.load(node.id())) : spread(node);
  }

  private String spread(Node node) {
    ValueId source = node.operand(0);
    if (node.op() instanceof Op.SpreadGroups) {
      return number(node, dialect.narrow(source));
    }
    return row.node(source).op() instanceof Op.Constant(double value)
        ? number(node, Literals.of(value))
        : define(node, dialect.loadRow(source, sharedByGroups(node)));
  }

  /** Whether the groups of a row read the same columns of what is spread. */
  private static boolean sharedByGroups(Node node) {
    return !node.op().equals(new Op.SpreadRow());
  }

  private String number(Node node, String number) {
    return dialect.takesNumbers() ? number : define(node, dialect.all(number));
  }

  private String define(Node node, String expression) {
    String name = names.fresh(Comments.label(node));
    code.addStatement("$T $L = $L", dialect.type(), name, expression);
    operations++;
    return name;
  }
}
