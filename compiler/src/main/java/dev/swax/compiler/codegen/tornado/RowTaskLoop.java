package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The body of one loop over the columns of a row: each value it needs is computed once. */
final class RowTaskLoop {
  private final RowTaskEmitter kernel;
  private final int level;
  private final JavaNames names;
  private final CodeBlock.Builder body = CodeBlock.builder();
  private final Map<ValueId, String> values = new LinkedHashMap<>();

  RowTaskLoop(RowTaskEmitter kernel, int level) {
    this.kernel = kernel;
    this.level = level;
    this.names = kernel.names().scope();
  }

  CodeBlock body() {
    return body.build();
  }

  void store(Node node) {
    body.addStatement("$L", kernel.set(node.id(), "at + c", value(node.id())));
  }

  void accumulate(Node sum, String share) {
    body.addStatement("$L = $L + $L", share, share, value(sum.operand(0)));
  }

  /** Adds to the part of a sum over rows; a column belongs to one thread of the group. */
  void accumulateColumn(Node sum) {
    String value = value(sum.operand(0));
    String partials = kernel.words().array(DeviceArray.PARTIALS);
    String index = kernel.start(sum.id()) + (kernel.grouped() ? " + first + c" : " + c");
    body.addStatement("$L.set($L, $L.get($L) + $L)", partials, index, partials, index, value);
  }

  private String value(ValueId id) {
    String known = values.get(id);
    if (known != null) {
      return known;
    }
    Node node = kernel.plan().graph().node(id);
    if (node.op() instanceof Op.Constant(double value)) {
      return Literals.of(value);
    }
    boolean read = kernel.isWritten(id, level) || !kernel.levels().isMember(id);
    String name = read ? read(id, node) : compute(node);
    values.put(id, name);
    return name;
  }

  private String compute(Node node) {
    return switch (node.op()) {
      case Op.Unary(var function) ->
          define(node, DeviceExpressions.unary(function, value(node.operand(0))));
      case Op.Binary(var function) ->
          define(
              node,
              DeviceExpressions.binary(function, value(node.operand(0)), value(node.operand(1))));
      case Op.SpreadRow _, Op.SpreadGroups _ -> spread(node);
      default -> throw new IllegalStateException("not elementwise: " + node);
    };
  }

  /** A value from outside the kernel, a spread, or one that was written before this loop. */
  private String read(ValueId id, Node node) {
    return kernel.isInMemory(id) ? define(node, kernel.get(id, "at + c")) : spread(node);
  }

  private String spread(Node node) {
    ValueId source = node.operand(0);
    if (node.op() instanceof Op.SpreadGroups) {
      return kernel.narrowValue(source);
    }
    if (kernel.plan().graph().node(source).op() instanceof Op.Constant(double value)) {
      return Literals.of(value);
    }
    return define(node, kernel.get(source, kernel.grouped() ? "first + c" : "c"));
  }

  private String define(Node node, String expression) {
    String name = names.fresh(Comments.label(node));
    body.addStatement("float $L = $L", name, expression);
    return name;
  }
}
