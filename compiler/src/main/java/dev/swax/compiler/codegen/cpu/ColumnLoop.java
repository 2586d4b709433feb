package dev.swax.compiler.codegen.cpu;

import dev.swax.compiler.codegen.JavaNames;
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
  private final int level;
  private final JavaNames names;
  private final Map<ValueId, String> values = new LinkedHashMap<>();

  ColumnLoop(RowKernelEmitter kernel, int level) {
    this.kernel = kernel;
    this.level = level;
    this.names = kernel.names().scope();
  }

  void store(Node output) {
    String value = compute(output.id());
    kernel
        .code()
        .addStatement(
            "$L.intoMemorySegment($L, at + (long) c * Float.BYTES, ORDER$L)",
            value,
            kernel.segment(output.id()),
            mask());
  }

  void accumulate(Node sum, String lanes) {
    String value = value(sum.operand(0));
    kernel.code().addStatement("$L = $L.add($L$L)", lanes, lanes, value, mask());
  }

  void accumulateColumn(Node sum, String partial) {
    String value = value(sum.operand(0));
    String at = kernel.grouped() ? "first + c" : "c";
    String index = "((long) part * %d + %s) * Float.BYTES".formatted(kernel.columns(), at);
    kernel
        .code()
        .addStatement(
            "$T.fromMemorySegment(SPECIES, $L, $L, ORDER$L).add($L)"
                + ".intoMemorySegment($L, $L, ORDER$L)",
            Types.VECTOR,
            partial,
            index,
            mask(),
            value,
            partial,
            index,
            mask());
  }

  /** The name of a vector that holds the value. */
  private String value(ValueId id) {
    String known = values.get(id);
    if (known != null) {
      return known;
    }
    boolean written = kernel.isInMemory(id) && kernel.levels().level(id) < level;
    if (!kernel.levels().isMember(id) || written) {
      return read(id);
    }
    return compute(id);
  }

  private String compute(ValueId id) {
    String known = values.get(id);
    if (known != null) {
      return known;
    }
    Node node = kernel.plan().graph().node(id);
    String expression =
        switch (node.op()) {
          case Op.Unary(var function) -> VectorExpressions.unary(function, value(node.operand(0)));
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
      return VectorExpressions.binary(function, value(left), RowKernelEmitter.literal(value));
    }
    boolean commutes = function == BinaryFunction.ADD || function == BinaryFunction.MULTIPLY;
    if (commutes && constant(left) instanceof Op.Constant(double value)) {
      return VectorExpressions.binary(function, value(right), RowKernelEmitter.literal(value));
    }
    return VectorExpressions.binary(function, value(left), value(right));
  }

  private Op constant(ValueId id) {
    return kernel.plan().graph().node(id).op();
  }

  /** A value from outside the kernel, a spread, or one that an earlier loop wrote. */
  private String read(ValueId id) {
    Node node = kernel.plan().graph().node(id);
    if (node.op() instanceof Op.Constant(double value)) {
      return define(id, node, VectorExpressions.broadcast(RowKernelEmitter.literal(value)));
    }
    if (kernel.isInMemory(id)) {
      return define(id, node, load(kernel.segment(id), "at + (long) c * Float.BYTES"));
    }
    return define(id, node, spread(node));
  }

  private String spread(Node node) {
    ValueId source = node.operand(0);
    if (node.op() instanceof Op.SpreadGroups) {
      return VectorExpressions.broadcast(kernel.narrowValue(source));
    }
    if (kernel.plan().graph().node(source).op() instanceof Op.Constant(double value)) {
      return VectorExpressions.broadcast(RowKernelEmitter.literal(value));
    }
    String at = kernel.grouped() ? "(long) (first + c)" : "(long) c";
    return load(kernel.segment(source), at + " * Float.BYTES");
  }

  private String load(String segment, String at) {
    return "FloatVector.fromMemorySegment(SPECIES, %s, %s, ORDER%s)".formatted(segment, at, mask());
  }

  private String define(ValueId id, Node node, String expression) {
    String name = names.fresh(RowKernelEmitter.label(node));
    kernel.code().addStatement("$T $L = $L", Types.VECTOR, name, expression);
    values.put(id, name);
    return name;
  }

  private String mask() {
    return kernel.masked() ? ", mask" : "";
  }
}
