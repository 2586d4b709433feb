package dev.swax.tests;

import java.util.List;
import java.util.SplittableRandom;

/** Draws files of the language: every construct, redundant parentheses, odd layout, comments. */
public final class RandomSource {
  private static final List<String> NAMES =
      List.of("a", "width", "window", "swax", "state", "tok", "lower", "rest", "x_1", "model");
  private static final List<String> NUMBERS =
      List.of("0", "128", "3e-4", "8", "1.50", "128Ki", "2k step", "1M tok", "90%", "5 tok", "12B");
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "%", ".", "^", "==", "<=", ">", "!=", "and", "or", "..");
  private static final List<String> GAPS =
      List.of(" ", " ", " ", " ", "\n", "  ", "\n\n\n", "\t", " // note\n", "\n  // own line\n");

  private final SplittableRandom random;
  private final StringBuilder out = new StringBuilder();

  private RandomSource(SplittableRandom random) {
    this.random = random;
  }

  /** A file that parses without an error. */
  public static String file(SplittableRandom random) {
    var source = new RandomSource(random);
    source.file();
    return source.out.toString();
  }

  private void file() {
    if (chance(2)) {
      words("edition", "1");
    }
    repeat(2, () -> words("import", text()));
    repeat(5, this::declaration);
    gap();
  }

  private void declaration() {
    documentation();
    switch (random.nextInt(9)) {
      case 0 -> assignment("let", name());
      case 1 -> {
        words("model", name());
        parameters();
        if (chance(2)) {
          words("=");
          value(3);
        } else {
          braces(this::entry);
        }
      }
      case 2 -> {
        words("window", name());
        parameters();
        words("=");
        value(3);
      }
      case 3 -> {
        words("cell", name());
        parameters();
        braces(this::statement);
      }
      case 4 -> {
        words(chance(2) ? "data" : "train", name());
        braces(this::entry);
      }
      case 5 -> {
        words("profile", name());
        braces(() -> assignment(name() + (chance(2) ? "." + name() : "")));
      }
      case 6 -> {
        words("grid", name(), chance(2) ? text() : "");
        braces(this::gridItem);
      }
      default -> {
        words("expect");
        value(3);
      }
    }
  }

  private void parameters() {
    if (chance(2)) {
      words("(");
      commas(
          1,
          () -> {
            words(name(), chance(3) ? ": " + name() : "");
            if (chance(2)) {
              words("=");
              value(2);
            }
          });
      words(")");
    }
  }

  private void entry() {
    documentation();
    assignment(chance(3) ? "let" : "", name());
    words(chance(5) ? "," : "");
  }

  private void statement() {
    switch (random.nextInt(3)) {
      case 0 -> {
        words("state", name());
        shape();
      }
      case 1 -> assignment(name() + "'");
      default -> {
        words(name(), chance(4) ? ", " + name() : "");
        shape();
        assignment();
      }
    }
  }

  private void shape() {
    if (chance(2)) {
      words(":", "[");
      commas(0, () -> value(1));
      words("]");
    }
  }

  private void gridItem() {
    switch (random.nextInt(5)) {
      case 0 -> words("using", name());
      case 1 -> {
        words("column", text());
        binding();
        assignment();
      }
      case 2 -> {
        words("row", chance(2) ? name() : text());
        binding();
        assignment();
        words(chance(3) ? "format " + text() : "", chance(3) ? "lower" : "");
      }
      case 3 -> {
        words("reference", text());
        if (chance(2)) {
          words("within");
          value(1);
        }
      }
      default -> assignment("seeds");
    }
  }

  private void binding() {
    if (chance(3)) {
      words("for", name(), "in");
      value(1);
    }
  }

  private void assignment(String... head) {
    words(head);
    words("=");
    value(3);
  }

  private void value(int depth) {
    expression(depth);
    if (chance(12)) {
      words("@", "assumed", "(", text(), ")");
    }
  }

  private void expression(int depth) {
    switch (depth <= 0 ? random.nextInt(3) : random.nextInt(14)) {
      case 0 -> words(name());
      case 1 -> words(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 2 -> words(chance(4) ? text() : name());
      case 3 -> {
        words("(");
        value(depth - 1);
        words(")");
      }
      case 4 -> {
        words(name(), "(");
        commas(
            0,
            () -> {
              words(chance(2) ? name() + ":" : "");
              value(depth - 1);
            });
        words(")");
      }
      case 5 -> {
        words("[");
        commas(0, () -> value(depth - 1));
        words("]");
      }
      case 6 -> {
        words("[");
        value(depth - 1);
        words("for", name(), "in");
        value(depth - 1);
        words("]");
      }
      case 7 -> {
        words("if");
        expression(depth - 1);
        words("then");
        expression(depth - 1);
        words("else");
        expression(depth - 1);
      }
      case 8 -> {
        operand(depth);
        words("with", "{");
        commas(
            0,
            () -> {
              key(depth);
              words("=");
              value(depth - 1);
            });
        words("}");
      }
      case 9 -> {
        operand(depth);
        words("until");
        operand(depth);
        words("then");
        operand(depth);
      }
      case 10 -> {
        words("sample", "per", "batch", "{");
        commas(
            1,
            () -> {
              value(depth - 1);
              words(":");
              value(depth - 1);
            });
        words("}");
      }
      case 11 -> {
        words(chance(2) ? "-" : "not");
        operand(depth);
      }
      case 12 -> {
        operand(depth);
        words("[");
        value(depth - 1);
        words("]");
      }
      default -> {
        operand(depth);
        words(OPERATORS.get(random.nextInt(OPERATORS.size())));
        operand(depth);
      }
    }
  }

  private void key(int depth) {
    switch (random.nextInt(4)) {
      case 0 -> words("5");
      case 1 -> words("-", "2");
      case 2 -> {
        words("(");
        value(depth - 1);
        words(")");
      }
      default -> words(name());
    }
  }

  /** In parentheses nearly always, so that comparisons are not chained. */
  private void operand(int depth) {
    words("(");
    expression(depth - 1);
    words(")");
  }

  private void braces(Runnable item) {
    words("{");
    repeat(4, item);
    words("}");
  }

  private void commas(int least, Runnable item) {
    int count = least + random.nextInt(4);
    for (int at = 0; at < count; at++) {
      item.run();
      words(at < count - 1 || chance(3) ? "," : "");
    }
  }

  private void repeat(int most, Runnable item) {
    int count = random.nextInt(most + 1);
    for (int at = 0; at < count; at++) {
      int from = out.length();
      item.run();
      if (out.substring(from).stripLeading().startsWith("tok")) {
        out.insert(from, '\n'); // behind a number it would be a unit
      }
    }
  }

  private void documentation() {
    if (chance(5)) {
      out.append("\n/// documented\n///\n///  with a step\n");
    }
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private String text() {
    return chance(4) ? "\"a \\\"b\\\" {w} \\\\ \\n\"" : "\"std/%e 5%s\"";
  }

  private void words(String... words) {
    for (String word : words) {
      if (!word.isEmpty()) {
        gap();
        out.append(word);
      }
    }
  }

  private void gap() {
    out.append(GAPS.get(random.nextInt(GAPS.size())));
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
