package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model whose cell is of no family: it is trained token by token, and that is said. */
class TokenByTokenTest {
  private static final String FILE =
      """
      edition 1
      cell squashed(heads = 2, key = width / heads) {
        q, k, v: [key] = l2norm(linear(x))
        state S: [key, key]
        S' = tanh(S) / 2 + outer(k, v)
        out = linear(q . S')
      }
      model m { width = 8  vocab = 256  ffn = none  layers = [squashed] }
      data text { files = ["*.txt"] }
      train t {
        model = m  data = text  seq = 8 tok  batch = 8 tok  budget = 1 step  lr = constant(1e-3)
      }
      expect parameters(m) == 2 * 256 * 8 + 2 * 8 + 4 * 8 * 8
      grid g {
        using t
        column "m" = m
        row p = parameters
        row ppl = perplexity(text)
      }
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE);
    for (int i = 0; i < 40; i++) {
      Files.writeString(folder.resolve(i + ".txt"), "some text " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "info", "grid plan", "dump --after=model"})
  void isDescribedWithAWarning(String verb) {
    Run run = swax(verb);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).contains("warning[SWX4034]", "m.swax:5:8");
  }

  @Test
  void isCounted() {
    assertThat(swax("info").out()).contains("parameters        4,368");
    assertThat(swax("grid report").out() + swax("grid report").err()).doesNotContain("error");
  }

  @Test
  void isTrainedAndVerified() {
    Run run = swax("train");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).contains("warning[SWX4034]", "it is trained token by token");
    Run verified = swax("verify");
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
  }

  /** The gradient of sLSTM's input bias is 0: it cancels between the state and its normaliser. */
  @Test
  void aGradientThatCancelsIsVerified() throws IOException {
    String file =
        """
        edition 1
        import "std/cells"
        model m { width = 8  vocab = 256  ffn = none  layers = [slstm(heads: 2)] }
        """;
    Files.writeString(folder.resolve("m.swax"), file);
    Run verified = swax("verify");
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
  }

  /** Nobody can change a cell of the library: what it costs is told, and not warned of. */
  @Test
  void aCellOfTheLibraryIsToldOf() throws IOException {
    Files.writeString(
        folder.resolve("m.swax"),
        """
        edition 1
        import "std/cells"
        model m { width = 8  vocab = 256  ffn = none  layers = [slstm(heads: 2)] }
        data text { files = ["*.txt"] }
        train t {
          model = m  data = text  seq = 8 tok  batch = 8 tok  budget = 1 step  lr = constant(1e-3)
        }
        """);
    Run check = swax("check");
    assertThat(check.code()).as(check.err()).isZero();
    assertThat(check.out() + check.err()).doesNotContain("warning");
    assertThat(swax("info").out()).contains("slstm, token by token, in training too: ");
    Run train = swax("train");
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(train.out() + train.err()).contains("note: slstm, token by token");
  }

  private Run swax(String verb) {
    return Run.in(folder, (verb + " m.swax").split(" "));
  }
}
