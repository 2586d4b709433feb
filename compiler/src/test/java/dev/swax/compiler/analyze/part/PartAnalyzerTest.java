package dev.swax.compiler.analyze.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartPrinter;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same recurrence, however it is written. */
class PartAnalyzerTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "S' = f * S + outer(k, v)                  | exp(log_f) * S + outer(k, v)",
        "S' = S * f + outer(k, v)                  | exp(log_f) * S + outer(k, v)",
        "S' = outer(k, v) + f * S                  | exp(log_f) * S + outer(k, v)",
        "S' = f * i * S + outer(k, v)              | exp(log_f + log_i) * S + outer(k, v)",
        "S' = f / 2 * S + outer(k, v)    | exp(log_f + (-0.693147181)) * S + outer(k, v)",
        "S' = f * (S + outer(k, v))        | exp(log_f) * S + exp(log_f) * outer(k, v)",
        "S' = S + i * outer(k, v)                  | S + exp(log_i) * outer(k, v)",
        "S' = S + outer(i * k, v)                  | S + exp(log_i) * outer(k, v)",
        "S' = S + outer(k, v * i)                  | S + exp(log_i) * outer(k, v)",
        "S' = S + outer(k, v) / i                  | S + exp(negate(log_i)) * outer(k, v)",
        "S' = S + outer(k, v / 4)                  | S + exp(-1.38629436) * outer(k, v)",
        "S' = S - outer(k, v)                      | S + outer((-1) * k, v)",
        "S' = S + b * outer(k, v)                  | S + outer(b * k, v)",
        "S' = S + b * i * outer(k, v)              | S + exp(log_i) * outer(b * k, v)",
        "S' = (1 - f) * S + f * outer(k, v) "
            + "| exp(log_sigmoid(negate(linear[f](x)))) * S + exp(log_f) * outer(k, v)",
        "S' = max(f, 0.5) * S + outer(k, v) " + "| exp(max(log_f, -0.693147181)) * S + outer(k, v)",
        "S' = (2 ^ (-1 - head)) * S + outer(k, v) "
            + "| exp([-0.693147181, -1.38629436]) * S + outer(k, v)",
        "S' = S - (1 - f) * S + outer(k, v)        | exp(log_f) * S + outer(k, v)",
        "S' = S - rest * S + outer(k, v)           | exp(log_f) * S + outer(k, v)",
        "S' = S + f * (outer(k, v) - S) "
            + "| exp(log_sigmoid(negate(linear[f](x)))) * S + exp(log_f) * outer(k, v)",
        "S' = -(-f * S) + outer(k, v)              | exp(log_f) * S + outer(k, v)",
        "S' = f * S + outer(k, v) + outer(k, w)    | exp(log_f) * S + outer(k, v + w)",
        "S' = f * S + outer(k, v) - outer(k, w)    | exp(log_f) * S + outer(k, v + ((-1) * w))",
        "S' = f * (S + i * outer(k, v)) + f * i * outer(q, v) "
            + "| exp(log_f) * S + exp(log_f + log_i) * outer(k + q, v)",
        "S' = f * S + i * S + outer(k, v) | exp(log(f + i)) * S + outer(k, v)",
      })
  void updates(String update, String wanted) {
    assertThat(line(part(update, "y = q . S'", "y"), "S' = ")).isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "y = q . S'                                    | q . S'",
        "y = q / sqrt(key) . S'                        | 0.5 * q . S'",
        "y = (q . S') / sqrt(key)                      | 0.5 * q . S'",
        "y = half . S'                                 | 0.5 * q . S'",
        "y = -2 * (q . S')                             | -2.0 * q . S'",
        "y = (q . S') / (q . n')                       | q . S' / (q . n')",
        "y = (q . S') / max(abs(q . n'), 1)            | q . S' / max(abs(q . n'), 1)",
        "y = (q . S') / max(1, abs(q . n'))            | q . S' / max(abs(q . n'), 1)",
        "y = (half . S') / max(abs(half . n'), 1) " + "| 0.5 * q . S' / max(abs(0.5 * q . n'), 1)",
      })
  void reads(String read, String wanted) {
    boolean normalized = read.contains("n'");
    String update = "S' = S + outer(k, v)" + (normalized ? "  n' = n + k" : "");
    assertThat(line(part(update, read, "y"), "y = ")).isEqualTo(wanted);
  }

  @Test
  void otherBoundsAreScalings() {
    String update = "S' = S + outer(k, v)  n' = n + k";
    Part part = part(update, "y = (q . S') / max(abs(q . n'), 4)", "y");
    // (q . S') / max(|q . n'|, 4) is 0.25 (q . S') / max(|0.25 q . n'|, 1).
    assertThat(shape(part).scale()).isEqualTo(0.25f);
    assertThat(shape(part).normalizer()).isEqualTo(Normalizer.MAX_ABS_ONE);
  }

  @Test
  void partsOfTheReadMayHaveNames() {
    String update = "S' = S + outer(k, v)  n' = n + k";
    String read = "above = q . S'  below = q . n'  y = above / max(abs(below), 1)";
    assertThat(line(part(update, read, "y"), "y = ")).isEqualTo("q . S' / max(abs(q . n'), 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rmsnorm(y) * g", "y * g", "g * y + v", "silu(y)", "y"})
  void whatFollowsTheReadIsFree(String output) {
    String gate = uses(output, "g") ? "  g: [value] = silu(linear(x))" : "";
    Part part = part("S' = S + outer(k, v)", "y = q . S'" + gate, output);
    assertThat(Cells.recurrence(part).result()).isEqualTo("y");
  }

  @Test
  void aReadWithoutALineOfItsOwnGetsAName() {
    Part part = part("S' = S + outer(k, v)", "", "layer_norm(q . S')");
    assertThat(Cells.recurrence(part).result()).isEqualTo("read");
  }

  @Test
  void theStateMayBeReadTwiceInTheSameWay() {
    Part part = part("S' = S + outer(k, v)", "", "sigmoid(q . S') * (q . S')");
    assertThat(Cells.recurrence(part).result()).isEqualTo("read");
  }

  @Test
  void outputMayBeTheHeadsThemselves() {
    String text =
        "cell c(heads = 4, n = width / heads) { state S: [n, n]  q, k, v: [n] = linear(x)"
            + " S' = S + outer(k, v)  out = q . S' }";
    Part part = Cells.sound(text, "c()", 16, 1);
    assertThat(shape(part)).isEqualTo(new MemoryShape(4, 4, 4, 1, Normalizer.NONE, false, false));
  }

  private static Part part(String update, String read, String operand) {
    String states =
        update.contains("n'") ? "state S: [key, value]  state n: [key]" : "state S: [key, value]";
    String text =
        "cell c(heads = 2, key = 4, value = 3) { %s%n q, k: [key] = linear(x)  v: [value] = linear(x)%n"
            .formatted(states);
    String gates =
        (uses(update, "i") ? " i = exp(linear(x)) " : "")
            + (uses(update, "f") ? " f = sigmoid(linear(x)) " : "")
            + (uses(update, "b") ? " b = tanh(linear(x)) " : "")
            + (uses(update, "rest") ? " f = sigmoid(linear(x))  rest = 1 - f " : "")
            + (uses(update, "w") ? " w: [value] = linear(x) " : "")
            + (uses(read, "half") ? " half = q / 2 " : "");
    return Cells.sound(
        text + gates + update + "\n" + read + "\n out = linear(" + operand + ") }", "c()", 8, 1);
  }

  private static boolean uses(String text, String name) {
    return text.matches("(?s).*\\b" + name + "\\b.*");
  }

  private static String line(Part part, String start) {
    return PartPrinter.explain(part)
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }

  private static MemoryShape shape(Part part) {
    return (MemoryShape) Cells.recurrence(part).shape();
  }
}
