package dev.swax.tests;

import java.util.List;
import java.util.SplittableRandom;

/**
 * An operation whose operands all stand in parentheses.
 *
 * @param operator empty for a name
 * @param written with all of its parentheses, some of them doubled
 * @param expected with those that the formatter leaves
 */
record RandomOperation(String operator, String written, String expected) {
  private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "%", "^", "and", "or");
  private static final String POWER = "^";

  static RandomOperation of(SplittableRandom random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return new RandomOperation("", "a", "a");
    }
    if (random.nextInt(4) == 0) {
      String sign = random.nextBoolean() ? "not " : "-";
      RandomOperation operand = of(random, depth - 1);
      return new RandomOperation(
          "unary " + sign, sign + operand.enclosed(random), sign + operand.operand(sign, false));
    }
    String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
    RandomOperation left = of(random, depth - 1);
    RandomOperation right = of(random, depth - 1);
    String written = "%s %s %s".formatted(left.enclosed(random), operator, right.enclosed(random));
    boolean leftFirst = !operator.equals(POWER);
    String expected =
        "%s %s %s"
            .formatted(
                left.operand(operator, leftFirst), operator, right.operand(operator, !leftFirst));
    return new RandomOperation(operator, written, expected);
  }

  private String enclosed(SplittableRandom random) {
    return random.nextInt(4) == 0 ? "(( " + written + ") )" : "(" + written + ")";
  }

  /** {@code associates}: whether the same operator groups on this side by itself. */
  private String operand(String outer, boolean associates) {
    boolean bare = operator.isEmpty() || (associates && operator.equals(outer));
    return bare ? expected : "(" + expected + ")";
  }
}
