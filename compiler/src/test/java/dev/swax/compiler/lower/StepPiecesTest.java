package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.part.Part;
import dev.swax.runtime.kernel.step.StepShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Steps of one head whose columns are computed in pieces, and those whose columns read each other.
 */
class StepPiecesTest {
  private static final long SEED = 4711;

  @ParameterizedTest
  @ValueSource(
      strings = {

        // As in Mamba: keys and reads are shared by all channels, rates are learnt.
        "d, u: [n] = linear(x)  B, C: [m] = linear(x)  A: [m, n] = -exp(weight(init: normal(1)))  state S: [m, n]  S' = exp(A * diag(abs(d))) * S + outer(B, d * u)  out = linear(C . S')",
        // A rate for each row, a state that is read by a function of what is shared, a vector
        // beside.
        "u: [n] = linear(x)  B: [m] = linear(x)  A: [m] = weight(init: normal(1))  state S: [m, n]  state h: [n]  h' = tanh(h + u)  S' = diag(sigmoid(A)) * tanh(S) + outer(sigmoid(B), h')  out = linear(tanh(B) . S' + h')",
        // Two states that read each other, a number of the token.
        "u: [n] = linear(x)  g = sigmoid(linear(x))  state S: [m, n]  state Z: [m, n]  k: [m] = linear(x)  S' = g * S + outer(k, u)  Z' = tanh(Z + S')  out = linear(k . Z' + k . S)",
        // States that change places.
        "u: [n] = linear(x)  k: [m] = linear(x)  state S: [m, n]  state Z: [m, n]  S' = Z  Z' = tanh(S) * 0.5 + outer(k, u)  out = linear(k . S')"
      })
  void columnsAreApart(String body) {
    StepShape shape = shape(body);
    assertThat(shape.pieces()).isEqualTo(3);
    check(shape);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {

        // A recurrent weight.
        "u: [n] = linear(x)  state h: [n]  h' = tanh(linear(h) + u)  out = h'",
        // A norm over the columns.
        "u: [n] = linear(x)  k: [m] = linear(x)  state S: [m, n]  S' = tanh(S) + outer(k, rmsnorm(k . S + u))  out = linear(k . S')",
        // What is made of columns lies along rows.
        "k: [n] = linear(x)  state S: [n, n]  S' = tanh(S) + outer(tanh(k . S), k)  out = linear(k . S')",
        // States of different columns.
        "u: [n] = linear(x)  k: [m] = linear(x)  state S: [m, n]  state z: [m]  z' = tanh(z) + k  S' = tanh(S) + outer(z', u)  out = linear(k . S')"
      })
  void columnsReadEachOther(String body) {
    StepShape shape = shape(body);
    assertThat(shape.pieces()).isEqualTo(1);
    check(shape);
  }

  private static void check(StepShape shape) {
    new StepRuns(shape, 7, SEED).check();
  }

  private static StepShape shape(String body) {
    var diagnostics = new Diagnostics();
    String text = "cell c(heads = 1, n = 48, m = 32) { " + body + " }";
    Part part =
        Cells.find(text, "c()", 48, 2, diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    return (StepShape) Cells.recurrence(part).shape();
  }
}
