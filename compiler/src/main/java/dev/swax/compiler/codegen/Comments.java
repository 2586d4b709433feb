package dev.swax.compiler.codegen;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.plan.RowKernel;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What generated code says about where it comes from. */
public final class Comments {
  private Comments() {}

  /** {@code x, ffn_norm, from models.swax:12}. */
  public static String kernel(Graph graph, RowKernel kernel) {
    String values =
        kernel.outputs().stream()
            .map(graph::node)
            .map(n -> result(graph, n))
            .distinct()
            .collect(Collectors.joining(", "));
    Set<String> lines = new LinkedHashSet<>();
    kernel.members().stream()
        .map(graph::node)
        .forEach(n -> {
          if (n.origin() != null) {
            lines.add(n.origin().toString());
          }
        });
    return values + (lines.isEmpty() ? "." : ", from " + String.join(", ", lines) + ".");
  }

  /** {@code matmul(ffn_norm, ffn.up)}: an op with the names of its operands. */
  public static String call(Graph graph, Node node) {
    String name = node.op().getClass().getSimpleName();
    String operands =
        node.operands().stream()
            .map(graph::node)
            .map(n -> result(graph, n))
            .collect(Collectors.joining(", "));
    return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "(" + operands + ")";
  }

  /** The name that a value has in the file, or the result that it is. */
  public static String result(Graph graph, Node node) {
    if (node.name() != null) {
      return node.name();
    }
    return graph.results().entrySet().stream()
        .filter(e -> e.getValue().equals(node.id()))
        .map(e -> e.getKey())
        .map(r -> r.startsWith("d:") ? "gradient of " + r.substring(2) : r)
        .filter(r -> !r.contains(":"))
        .findFirst()
        .orElse("v" + node.id().index());
  }

  /** The name of a variable for a value. */
  public static String label(Node node) {
    return node.name() == null ? "v" + node.id().index() : node.name();
  }
}
