package dev.swax.compiler.codegen;

import dev.swax.compiler.ir.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields and methods of one generated class: each has a name close to those of the file, and no
 * two have the same, however things are called there.
 */
public final class MemberNames {
  private static final String[] FIELDS_OF_EVERY_PROGRAM = {
    "kernels",
    "parameters",
    "training",
    "arena",
    "batch",
    "time",
    "rows",
    "capacity",
    "tokens",
    "targets",
    "windows",
    "scale",
    "stream",
    "gradient",
    "partials",
    "scratch",
    "losses",
    "logits",
    "unread",
    "layer",
  };

  private final JavaNames fields = new JavaNames().reserve(FIELDS_OF_EVERY_PROGRAM);
  private final JavaNames methods = new JavaNames();
  private final Map<String, String> known = new LinkedHashMap<>();

  /** {@code local}, {@code q_rotated} and {@code Scratch} become {@code localQRotatedScratch}. */
  public String field(String block, String name, String suffix) {
    return known.computeIfAbsent(
        String.join(" ", "field", block, name, suffix),
        _ -> fields.fresh(JavaNames.join(block, name) + suffix));
  }

  /**
   * A field for a parameter: {@code local.q} of the block {@code local} is {@code localQWeight}.
   */
  public String weight(String block, String parameter, String suffix) {
    String start = block + ".";
    String own = parameter.startsWith(start) ? parameter.substring(start.length()) : parameter;
    return known.computeIfAbsent(
        String.join(" ", "weight", block, parameter, suffix),
        _ -> fields.fresh(JavaNames.join(block, own) + suffix));
  }

  /** A field for a node of a block: two nodes of the same name have two fields. */
  public String field(String block, Node node, String suffix) {
    return known.computeIfAbsent(
        String.join(" ", "node", block, node.id().toString(), suffix),
        _ -> fields.fresh(JavaNames.join(block, Comments.label(node)) + suffix));
  }

  /** {@code forward} and {@code local} become {@code forwardLocal}. */
  public String method(String first, String second) {
    return known.computeIfAbsent(
        String.join(" ", "method", first, second),
        _ -> methods.fresh(JavaNames.join(first, second)));
  }

  /** {@code local_forward1} becomes {@code localForward1}. */
  public String kernel(String name) {
    return known.computeIfAbsent("kernel " + name, _ -> methods.fresh(name));
  }

  /** What layers let later layers read. */
  public String export(String name, String suffix) {
    return known.computeIfAbsent(
        String.join(" ", "export", name, suffix),
        _ -> fields.fresh(JavaNames.join("export", name) + suffix));
  }

  /** {@code CROSS_K_FROM}: a constant with the layers that the layers of a block read. */
  public String sources(String block, String name) {
    return known.computeIfAbsent(
        String.join(" ", "sources", block, name),
        _ -> fields.freshConstant(block + "_" + name + "_from"));
  }

  /** {@code LOCAL_LAYERS}: a constant with the layers of a block. */
  public String layers(String block) {
    return known.computeIfAbsent("layers " + block, _ -> fields.freshConstant(block + "_layers"));
  }
}
