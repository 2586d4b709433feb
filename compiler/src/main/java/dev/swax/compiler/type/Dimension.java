package dev.swax.compiler.type;

/**
 * What a number counts: tokens to a power, steps to a power. {@code budget / batch} is tok over tok
 * per step, so it is steps. A percentage is a pure number that remembers how it was written.
 */
public record Dimension(int tokens, int steps, boolean percent) {
  public static final Dimension NONE = new Dimension(0, 0, false);
  public static final Dimension TOKENS = new Dimension(1, 0, false);
  public static final Dimension STEPS = new Dimension(0, 1, false);
  public static final Dimension TOKENS_PER_STEP = new Dimension(1, -1, false);
  public static final Dimension PERCENT = new Dimension(0, 0, true);

  /** Whether it counts nothing: a plain number or a percentage. */
  public boolean isPure() {
    return tokens == 0 && steps == 0;
  }

  /** Of a product. A percentage of something counts what the something counts. */
  public Dimension times(Dimension other) {
    return new Dimension(
        tokens + other.tokens,
        steps + other.steps,
        percent != other.percent && isPure() && other.isPure());
  }

  /** Of a quotient. */
  public Dimension over(Dimension other) {
    return new Dimension(
        tokens - other.tokens,
        steps - other.steps,
        percent && !other.percent && isPure() && other.isPure());
  }

  /** Of a power with a whole exponent. */
  public Dimension power(int exponent) {
    return new Dimension(tokens * exponent, steps * exponent, false);
  }

  /** What a number of it is, as messages say: {@code in tok per step}, {@code a plain number}. */
  public String describe() {
    if (percent) {
      return "a percentage";
    }
    return isPure() ? "a plain number" : "in " + suffix();
  }

  /** What is written after a number, without the space; empty for a plain number. */
  String suffix() {
    if (percent) {
      return "%";
    }
    String above = join(Math.max(tokens, 0), Math.max(steps, 0));
    String below = join(Math.max(-tokens, 0), Math.max(-steps, 0));
    if (below.isEmpty()) {
      return above;
    }
    return (above.isEmpty() ? "" : above + " ") + "per " + below;
  }

  private static String join(int tokens, int steps) {
    String left = powerOf("tok", tokens);
    String right = powerOf("step", steps);
    return left.isEmpty() || right.isEmpty() ? left + right : left + " " + right;
  }

  private static String powerOf(String unit, int exponent) {
    return switch (exponent) {
      case 0 -> "";
      case 1 -> unit;
      default -> unit + "^" + exponent;
    };
  }
}
