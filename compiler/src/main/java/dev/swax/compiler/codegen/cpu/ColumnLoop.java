package dev.swax.compiler.codegen.cpu;

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
final class ColumnLoop {
  private final RowKernelEmitter kernel;
  private final LoopInputs inputs;
  private final int level;
  private final Dialect dialect;
  private final JavaNames names;
  private final CodeBlock.Builder code = CodeBlock.builder();
  private final Map<ValueId, String> values = new LinkedHashMap<>();

  ColumnLoop(RowKernelEmitter kernel, LoopInputs inputs, int level, Dialect dialect) {
    this.kernel = kernel;
    this.inputs = inputs;
    this.level = level;
    this.dialect = dialect;
    this.names = kernel.names().scope();
  }

  Dialect dialect() {
    return dialect;
  }

  CodeBlock body() {
    return code.build();
  }

  /** Writes a value where those outside the loop find it. */
  void store(ValueId value, ValueId place) {
    code.addStatement("$L", dialect.store(value(value), inputs.segment(place), position(place)));
  }

  /** Adds a value to a variable of the dialect's type. */
  void accumulate(Node sum, String total) {
    String value = value(sum.operand(0));
    code.addStatement("$L = $L", total, dialect.binary(BinaryFunction.ADD, total, value));
  }

  void accumulateColumn(Node sum, String partial) {
    String value = value(sum.operand(0));
    String segment = inputs.use(Types.SEGMENT, partial);
    String position = inputs.own() + " + (long) c * Float.BYTES";
    String name = names.fresh(Comments.label(sum) + "_sum");
    String before = dialect.load(segment, position);
    code.addStatement("$T $L = $L", dialect.type(), name, before);
    String sumNow = names.fresh(Comments.label(sum));
    code.addStatement(
        "$T $L = $L", dialect.type(), sumNow, dialect.binary(BinaryFunction.ADD, name, value));
    code.addStatement("$L", dialect.store(sumNow, segment, position));
  }

  /** The name of a vector that holds the value. */
  private String value(ValueId id) {
    String known = values.get(id);
    if (known != null) {
      return known;
    }
    return kernel.isWritten(id, level) || !kernel.levels().isMember(id) ? read(id) : compute(id);
  }

  private String compute(ValueId id) {
    Node node = kernel.plan().graph().node(id);
    String expression =
        switch (node.op()) {
          case Op.Unary(var function) -> dialect.unary(function, value(node.operand(0)));
          case Op.Binary(var function) -> binary(function, node);
          case Op.SpreadRow _, Op.SpreadGroups _ -> spread(node);
          default -> throw new IllegalStateException("not elementwise: " + node);
        };
    return define(id, node, expression);
  }

  private String binary(BinaryFunction function, Node node) {
    ValueId left = node.operand(0);
    ValueId right = node.operand(1);
    if (constant(right) instanceof Op.Constant(double value)) {
      return dialect.binary(function, value(left), Literals.of(value));
    }
    boolean commutes = function == BinaryFunction.ADD || function == BinaryFunction.MULTIPLY;
    if (commutes && constant(left) instanceof Op.Constant(double value)) {
      return dialect.binary(function, value(right), Literals.of(value));
    }
    return dialect.binary(function, value(left), value(right));
  }

  private Op constant(ValueId id) {
    return kernel.plan().graph().node(id).op();
  }

  /** A value from outside the kernel, a spread, or one that was written before this loop. */
  private String read(ValueId id) {
    Node node = kernel.plan().graph().node(id);
    if (node.op() instanceof Op.Constant(double value)) {
      return define(id, node, dialect.all(Literals.of(value)));
    }
    if (kernel.isInMemory(id)) {
      return define(id, node, dialect.load(inputs.segment(id), position(id)));
    }
    return define(id, node, spread(node));
  }

  private String spread(Node node) {
    ValueId source = node.operand(0);
    if (node.op() instanceof Op.SpreadGroups) {
      return dialect.all(inputs.narrow(source));
    }
    if (kernel.plan().graph().node(source).op() instanceof Op.Constant(double value)) {
      return dialect.all(Literals.of(value));
    }
    String at = kernel.grouped() ? "(long) (%s + c)".formatted(inputs.first()) : "(long) c";
    return dialect.load(inputs.segment(source), at + " * Float.BYTES");
  }

  private String position(ValueId id) {
    return (kernel.isOwnRow(id) ? inputs.own() : inputs.at()) + " + (long) c * Float.BYTES";
  }

  private String define(ValueId id, Node node, String expression) {
    String name = names.fresh(Comments.label(node));
    code.addStatement("$T $L = $L", dialect.type(), name, expression);
    values.put(id, name);
    return name;
  }
}
