package dev.swax.tests;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files in which a few lines, or very many, ask for far too much: each ends, with or without. */
class ImmodestFileTest {
  private static final Duration HANGING = Duration.ofSeconds(60);

  private static final String CELL =
      """
      cell c(heads = 1) {
        state S: [4, 4]
        q, k, v: [4] = linear(x)
      """;
  private static final String MODEL =
      """
      model m {
        width = 8
        vocab = 256
        ffn = swiglu(hidden: 16)
        layers = [LAYER]
      }
      """;

  @TestFactory
  Stream<DynamicTest> chains() {
    return Stream.of(
        test("sums", lines("let a0 = 0", 5000, i -> "let a%d = a%d + a%d", 2)),
        test("sums in reverse", lines("", 5000, i -> "let a%d = a" + (i + 1), 0)),
        test("assumptions", lines("let a0 = 1", 5000, i -> "let a%d = a%d @assumed(\"x\")", 1)),
        test("lists of lists", lines("let a0 = [1]", 40, i -> "let a%d = [a%d, a%d]", 2)),
        test("lists", lines("let a0 = 0..60000", 2000, i -> "let a%d = a0 with { 1 = 2 }", 0)),
        test("pairs", lines("let a0 = 0..60000", 2000, i -> "let a%d = zip(a0, a0)", 0)),
        test("powers", lines("", 50, i -> "let a%d = [3^1000 * i / 7^700 for i in 0..60000]", 0)),
        test(
            "windows",
            lines("window w0 = 4", 30, i -> "window w%d = w%d until 9 step then w%d", 2)
                + model("swa(window: w30, heads: 1)")),
        test(
            "models",
            lines(
                model("swa(window: 4, heads: 1)").replace("model m ", "model m0 "),
                3000,
                i -> "model m%d = m%d with { width = " + 8 * i + " }",
                1)),
        test(
            "names of models",
            lines(
                model("swa(window: 4, heads: 1)").replace("model m ", "model m0 "),
                3000,
                i -> "model m%d = m%d",
                1)),
        test(
            "rows",
            model("swa(window: 4, heads: 1)")
                + lines(
                    "grid g {\ncolumn \"m\" = m\nrow r0 = parameters",
                    900,
                    i -> "row r%d = r%d + r%d",
                    2)
                + "}"),
        test(
            "rows in reverse",
            model("swa(window: 4, heads: 1)")
                + lines("grid g {\ncolumn \"m\" = m", 5000, i -> "row r%d = r" + (i + 1), 0)
                + "}"),
        test(
            "columns",
            model("swa(window: 4, heads: 1)")
                + lines(
                    "grid g {\nrow r = parameters",
                    1000,
                    i -> "column \"c%d {a} {b}\" for a in 0..60 for b in 0..60 = m",
                    0)
                + "}"));
  }

  @TestFactory
  Stream<DynamicTest> cells() {
    return Stream.of(
        test(
            "gates",
            cell(
                lines(" a0 = sigmoid(linear(x))", 30, i -> " a%d = a%d + a%d", 2),
                "S' = a30 * S + outer(k, v)",
                "q . S'")),
        test(
            "logarithms",
            cell(
                lines(" a0 = sigmoid(linear(x))", 240, i -> " a%d = a%d * a%d", 2),
                "S' = a240 * S + outer(k, v)",
                "q . S'")),
        test(
            "scales",
            cell(
                lines(" a = linear(x)\n k0 = a * k", 240, i -> " k%d = a * k%d", 1),
                "S' = 0.9 * S + outer(k240, v)",
                "q . S'")),
        test(
            "products",
            cell(
                lines(" b0: [4] = linear(x)", 9000, i -> " b%d: [4] = b%d * b%d", 2),
                "S' = 0.9 * S + outer(k, b9000)",
                "q . S'")),
        test(
            "states",
            cell(
                lines(" A0 = 0.9 * S", 30, i -> " A%d = 0.5 * A%d + 0.5 * A%d", 2),
                "S' = A30 + outer(k, v)",
                "q . S'")),
        test(
            "reads",
            cell(
                "",
                "S' = 0.9 * S + outer(k, v)\n"
                    + lines(" y0 = q . S'", 30, i -> " y%d = y%d * y%d", 2),
                "y30")));
  }

  private static String cell(String before, String update, String result) {
    return CELL + before + " " + update + "\n out = linear(" + result + ")\n}\n" + model("c()");
  }

  private static String model(String layer) {
    return MODEL.replace("LAYER", layer);
  }

  /** Lines numbered from 1; each names itself once, then the one before it so many times. */
  private static String lines(String first, int count, IntFunction<String> line, int before) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i ->
            line.apply(i)
                .formatted(
                    Stream.concat(Stream.of(i), Stream.generate(() -> i - 1).limit(before))
                        .toArray()))
        .collect(Collectors.joining("\n", first + "\n", "\n"));
  }

  private static DynamicTest test(String name, String text) {
    return DynamicTest.dynamicTest(
        name, () -> assertTimeoutPreemptively(HANGING, () -> FuzzedFile.check(name, text)));
  }
}
