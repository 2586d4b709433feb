package dev.swax.compiler.codegen;

/** Numbers in generated code. */
public final class Literals {
  private Literals() {}

  /** A float literal; negative ones in parentheses, so that they fit into any expression. */
  public static String of(double value) {
    float narrowed = (float) value;
    if (Float.isNaN(narrowed)) {
      return "Float.NaN";
    }
    if (Float.isInfinite(narrowed)) {
      return narrowed > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
    }
    String text = Math.abs(narrowed) + "f";
    return Math.copySign(1, narrowed) < 0 ? "(-" + text + ")" : text;
  }
}
