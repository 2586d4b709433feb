package dev.swax.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded bodies of cells: states of every family in many spellings, and some of none. Decays are
 * below 1, keys that are taken out are about 1 long, and gates see a state between -1 and 1, so
 * that neither a state nor its gradient grows without limit.
 */
final class RandomCells {
  static final int WIDTH = 12;

  private final SplittableRandom random;
  private final List<String> lines = new ArrayList<>();
  private int names;

  private RandomCells(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A cell that is called {@code c}. */
  static String of(long seed) {
    return new RandomCells(seed).cell();
  }

  private String cell() {
    int heads = pick(1, 2, 3, 4, 6);
    int groups = divisor(heads);
    int key = random.nextInt(1, 5);
    int value = random.nextInt(1, 5);
    String result =
        switch (random.nextInt(8)) {
          case 0, 1 -> vectorCell();
          case 2 -> severalStates();
          default -> matrixCell();
        };
    lines.add("out = linear(" + result + ")");
    return "cell c(heads = %d, groups = %d, key = %d, value = %d) {\n  %s\n}\n"
        .formatted(heads, groups, key, value, String.join("\n  ", lines));
  }

  // Values that do not read a state ------------------------------------------------------------

  private String line(String shape, String value) {
    String name = "w" + names++;
    lines.add(name + shape + " = " + value);
    return name;
  }

  private String shaped(String size) {
    return ": [" + size + "]" + (random.nextInt(4) == 0 ? " per groups" : "");
  }

  private String vector(String size) {
    return line(
        shaped(size),
        pick(
            "linear(x)",
            "silu(linear(x))",
            "l2norm(linear(x))",
            "elu(linear(x)) + 1",
            "silu(conv(linear(x), 4))",
            "conv(linear(x), 2)",
            "linear(x) / 2",
            "weight(init: 1) + linear(x)",
            "softplus(linear(x))"));
  }

  /** About 1 long. */
  private String key() {
    return line(shaped("key"), pick("l2norm(linear(x))", "l2norm(silu(linear(x)))"));
  }

  private String share(String shape) {
    return line(
        shape,
        pick(
            "sigmoid(linear(x))",
            "sigmoid(linear(x)) ^ (1 / 4)",
            "exp(-softplus(linear(x)))",
            "1 - sigmoid(linear(x))",
            "exp(-exp(tanh(linear(x))) * 0.5)",
            "sigmoid(linear(x)) * 0.9",
            "sqrt(sigmoid(linear(x)))",
            "max(sigmoid(linear(x)), 0.5)"));
  }

  private String share() {
    return random.nextInt(5) == 0 ? pick("0.9", "(1 - 2 ^ (-2 - head))", "0.5") : share("");
  }

  private String shares(String size) {
    return share(shaped(size));
  }

  private String scalar() {
    return random.nextInt(5) == 0
        ? pick("2", "0.5", "(head + 1)")
        : line(
            "", pick("linear(x)", "tanh(linear(x))", "exp(tanh(linear(x)))", "sigmoid(linear(x))"));
  }

  // A matrix -----------------------------------------------------------------------------------

  private String matrixCell() {
    String k = random.nextBoolean() ? key() : vector("key");
    String v = vector("value");
    String q = vector("key");
    boolean normalized = random.nextInt(5) == 0;
    lines.add("state S: [key, value]");
    if (normalized) {
      String a = share();
      String b = random.nextBoolean() ? "" : scalar() + " * ";
      lines.add("state n: [key]");
      lines.add("S' = " + a + " * S + " + b + "outer(" + k + ", " + v + ")");
      lines.add("n' = " + a + " * n + " + b + k);
      return around("(" + q + " . S') / max(abs(" + q + " . n'), 1)");
    }
    lines.add("S' = " + matrixUpdate(k, v, q));
    return around(random.nextInt(6) == 0 ? beside(k, q) : matrixRead(q));
  }

  /** A read that is divided by that of a vector with a decay of its own. */
  private String beside(String k, String q) {
    lines.add("state n: [key]");
    lines.add("n' = " + (random.nextBoolean() ? share("") : shares("key")) + " * n + " + k);
    return pick(
        "(" + q + " . S') / max(abs(" + q + " . n'), 1)",
        "(" + q + " . S') / (abs(" + q + " . n') + 1)",
        "(" + q + " . S') * tanh(" + q + " . n')",
        "(" + q + " + n') . S'");
  }

  private String matrixUpdate(String k, String v, String q) {
    return switch (random.nextInt(22)) {
      case 0, 1, 2 -> kept("S") + " + " + written(k, v);
      case 3, 4 -> kept("S") + " - " + written(k, v);
      case 5, 6 -> share() + " * (S + " + written(k, v) + ")";
      case 7 -> interpolated(k, v);
      case 8, 9 -> "diag(" + shares("key") + ") * (S + " + written(k, v) + ")";
      case 10, 11, 12 -> deltaRule(key(), v, "S");
      case 13 -> deltaRule(key(), v, "(diag(" + shares("key") + ") * S)");
      case 14 -> kept("S") + " + " + written(k, v) + " + " + written(vector("key"), v);
      case 15 -> erasedTwice(v);
      case 16 -> "tanh(" + kept("S") + " + " + written(k, v) + ")";
      case 17 -> share() + " * S + outer(" + k + ", tanh(" + key() + " . S))";
      case 18 -> columns() + " + " + written(k, v);
      case 19, 20 -> updates(v);
      default -> share() + " * S + " + scalar() + " * outer(" + q + ", " + v + ")";
    };
  }

  private String interpolated(String k, String v) {
    String z = share();
    return "S + " + z + " * (" + written(k, v) + " - S)";
  }

  private String columns() {
    if (random.nextInt(3) == 0) {
      String rates = line(": [key, value]", "-exp(weight(init: 0))");
      String step = line(": [value]", "softplus(linear(x))");
      return "exp(" + rates + " * diag(" + step + ")) * S";
    }
    return pick(
        "S * diag(" + shares("value") + ")", share() + " * (S * diag(" + shares("value") + "))");
  }

  private String erasedTwice(String v) {
    String k = key();
    String u = key();
    String beta = share();
    return "S - %1$s * outer(%2$s, %2$s . S) - %1$s * outer(%3$s, %3$s . S) + outer(%2$s, %4$s)"
        .formatted(beta, k, u, v);
  }

  /** Several updates, each of a line that holds what the one before left. */
  private String updates(String v) {
    String state = "S";
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      state = line(": [key, value]", update(v, state));
    }
    return update(v, state);
  }

  private String update(String v, String state) {
    return switch (random.nextInt(4)) {
      case 0 -> share() + " * " + state + " + " + written(vector("key"), v);
      case 1 -> "diag(" + shares("key") + ") * " + state + " + " + written(vector("key"), v);
      default -> deltaRule(key(), v, state);
    };
  }

  private String kept(String state) {
    String s = state;
    for (int i = random.nextInt(3); i > 0; i--) {
      s =
          switch (random.nextInt(7)) {
            case 0 -> share() + " * " + s;
            case 1 -> s + " * " + share();
            case 2 -> "diag(" + shares("key") + ") * " + s;
            case 3 -> s + " / (1 + exp(" + line("", "linear(x)") + "))";
            case 4 -> minus(s);
            default -> "(" + share() + " * " + share() + ") * " + s;
          };
      s = "(" + s + ")";
    }
    return s;
  }

  private String minus(String s) {
    return random.nextBoolean()
        ? s + " - " + share("") + " * " + s
        : s + " - diag(" + shares("key") + ") * " + s;
  }

  private String written(String k, String v) {
    return switch (random.nextInt(7)) {
      case 0 -> scalar() + " * outer(" + k + ", " + v + ")";
      case 1 -> "outer(" + scalar() + " * " + k + ", " + v + ")";
      case 2 -> "outer(" + k + ", " + v + ") * " + scalar();
      case 3 -> "outer(" + k + ", " + v + " / 2)";
      case 4 -> "outer(-" + k + ", " + v + " * " + scalar() + ")";
      default -> "outer(" + k + ", " + v + ")";
    };
  }

  /** What a key reads of the decayed state is replaced there. */
  private String deltaRule(String k, String v, String state) {
    String a = share();
    String beta = share("");
    String form =
        pick(
            "A * S + outer(K, B * (V - K . (A * S)))",
            "A * (S - B * outer(K, K . S)) + B * outer(K, V)",
            "A * S - A * B * outer(K, K . S) + B * outer(K, V)",
            "A * (S - outer(K, B * (K . S))) + outer(B * K, V)",
            "A * S + B * (outer(K, V) - A * outer(K, K . S))",
            "S - B * outer(K, K . S) + outer(K, V) * B",
            "S + outer(K, B * (V - K . S))");
    return form.replace("S", state)
        .replace("A", a)
        .replace("B", beta)
        .replace("K", k)
        .replace("V", v);
  }

  private String matrixRead(String q) {
    return switch (random.nextInt(9)) {
      case 0 -> "2 * " + q + " . S'";
      case 1 -> q + " / sqrt(key) . S'";
      case 2 -> "(" + q + " . S') * " + scalar();
      case 3 -> q + " . S";
      case 4 -> q + " . S' + " + vector("key") + " . S'";
      case 5 -> q + " . S' - " + vector("value");
      default -> q + " . S'";
    };
  }

  // Several ------------------------------------------------------------------------------------

  private String severalStates() {
    String k = key();
    String v = vector("value");
    String q = key();
    lines.add("state h: [key]");
    lines.add("state S: [key, value]");
    lines.add("h' = " + share("") + " * h + " + k);
    String key = pick("h'", "h", "(" + k + " + h')", "l2norm(h')");
    lines.add(
        "S' = "
            + pick(
                share() + " * S + outer(" + key + ", " + v + ")",
                share() + " * S + outer(" + k + ", (h . " + k + ") * " + v + ")",
                "diag(sigmoid(h')) * S + outer(" + k + ", " + v + ")",
                "sigmoid(" + k + " . h) * S + outer(" + k + ", tanh(" + v + "))"));
    return around(pick(q + " . S'", "h' . S'", q + " . S' * (h . " + q + ")", q + " . S'"));
  }

  // A vector -----------------------------------------------------------------------------------

  private String vectorCell() {
    String u = vector("value");
    if (random.nextInt(4) == 0) {
      lines.add("state g: [value]");
      lines.add("g' = " + shares("value") + " * g + " + u);
      u = pick("g'", "tanh(g')", "(g' + " + vector("value") + ")", "g");
    }
    lines.add("state h: [value]");
    lines.add(
        "h' = "
            + switch (random.nextInt(8)) {
              case 0 -> share() + " * h + " + u;
              case 1 -> shares("value") + " * h + " + u;
              case 2 -> shares("value") + " * (h + " + u + ")";
              case 3 -> vectorInterpolation(u);
              case 4 -> "h / (1 + exp(" + line("", "linear(x)") + ")) + " + u;
              case 5 ->
                  pick(
                      "tanh(" + shares("value") + " * h + " + u + ")",
                      "tanh(linear(h) + " + u + ")",
                      "sigmoid(linear(tanh(h))) * h + " + u,
                      "0.5 * h + 0.5 * tanh(linear(h) * " + scalar() + " + " + u + ")");
              case 6 -> shares("value") + " * h * " + share() + " - " + u + " * " + scalar();
              default -> "h * 0.9 + " + u;
            });
    return around(pick("h'", "h'", "h' * " + vector("value"), "h", "h' + h"));
  }

  private String vectorInterpolation(String u) {
    String z = shares("value");
    return random.nextBoolean()
        ? "h + " + z + " * (" + u + " - h)"
        : "(1 - " + z + ") * h + " + z + " * " + u;
  }

  /** What a layer does with a read. */
  private String around(String read) {
    lines.add("y: [value] = " + read);
    return pick("y", "y", "y * " + vector("value"), "tanh(y)", "y + " + vector("value"));
  }

  private int divisor(int number) {
    int divisor = random.nextInt(1, number + 1);
    while (number % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  private int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
