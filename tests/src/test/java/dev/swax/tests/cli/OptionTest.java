package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What options take, and what is said of those that they do not. */
class OptionTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      data text { files = ["text/*.txt"] }
      model m = swax(width: 32, blocks: 2, heads: 2, window: 8)
      train ta {
        model = m  data = text  seq = 8 tok  batch = 8 tok  budget = 10 step  lr = constant(1e-3)
      }
      train tb {
        model = m  data = text  seq = 8 tok  batch = 8 tok  budget = 10 step  lr = constant(1e-3)
      }
      """;

  private static final String GRID =
      """
      data other { files = ["text/*.txt"] }
      train tc {
        model = m  data = other  seq = 8 tok  batch = 8 tok  budget = 10 step  lr = constant(1e-3)
      }
      grid g { using ta  column "m" = m  row "ppl" = perplexity(text) }
      """;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "--lengths, 2q, is not a whole number",
    "--lengths, 0.0001k, is not whole",
    "--lengths, 3B, is not between",
    "--examples, many, is not a whole number",
    "--seed, 1e3, is not a whole number"
  })
  void numbersAreWhole(String option, String value, String told) {
    swax("eval", "run", "--task", "mqar", option, value)
        .isRefused(
            "invalid value for option '%s'".formatted(option), "`%s` %s".formatted(value, told));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2k", "64Ki,1k", "512", "+1", "1M"})
  void numbersMayHaveMultipliers(String lengths) {
    swax("eval", "run", "--task", "mqar", "--lengths", lengths).isRefused("run");
    assertThat(swax("eval", "run", "--task", "mqar", "--lengths", lengths).err())
        .doesNotContain("--lengths");
  }

  @Test
  void aSeedIsNamedAsItIsTyped() throws IOException {
    write(FILE);
    swax("train", "m.swax", "--train", "ta", "--seed", "-3")
        .isRefused("`--seed` is -3, but a whole number of 0 or more is expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eval", "generate"})
  void helpListsWhatAVerbDoes(String verb) {
    assertThat(swax(verb, "--help").out())
        .contains("--threads")
        .doesNotContain("--device", "--matmul", "--cuda-graphs", "--no-device-check");
    swax(verb, "run", "--device", "tornado").isRefused("this runs on the CPU");
  }

  @Test
  void typedTextIsLookedForFirstAndWhereOneIs() {
    swax("eval", "no-run", "--data", "nope.txt")
        .isRefused(
            "`nope.txt` does not exist",
            folder.resolve("nope.txt").toString(),
            "the current folder");
  }

  @Test
  void aPartOfADefaultCanBeSet() throws IOException {
    write(FILE);
    text();
    assertThat(swax("check", "m.swax", "--set", "train.optim.decay=0").code()).isZero();
    assertThat(swax("check", "m.swax", "--no-data", "--set", "text.task.length=3").err())
        .contains("`task` has no value here that could be changed");
  }

  @Test
  void anUnknownModelIsAnsweredWithTheModels() throws IOException {
    write(FILE);
    swax("train", "m.swax", "--train", "ta", "--model", "nope")
        .isRefused("nothing here is called `nope`", "one of `m`, `lm`, `swax`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tb.budget=5 step", "other.held_out=20%", "grid.seeds=[1]"})
  void aSettingHasToReachTheChosenTrainBlock(String setting) throws IOException {
    write(FILE + GRID);
    text();
    Run run = swax("train", "m.swax", "--train", "ta", "--set", setting, "--seed", "2");
    String path = setting.substring(0, setting.indexOf('='));
    run.isRefused("`%s` is set, but the chosen `train ta` does not".formatted(path));
    assertThat(run.err()).contains("used by `");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aSettingHasToReachTheChosenGrid() throws IOException {
    write(FILE + GRID);
    text();
    assertThat(swax("grid", "plan", "m.swax", "--set", "ta.budget=5 step").err()).isEmpty();
    swax("grid", "plan", "m.swax", "--set", "tb.budget=5 step")
        .isRefused("`tb.budget` is set, but the chosen `grid g`", "used by `train tb`");
  }

  @Test
  void aShorterBudgetOfTheStarterWarmsUpShorter() throws IOException {
    assertThat(swax("new", "mine").code()).isZero();
    text();
    assertThat(swax("check", "mine.swax", "--set", "main.budget=20 step").err()).isEmpty();
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("m.swax"), text);
  }

  private void text() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("text"));
    for (int i = 0; i < 60; i++) {
      Files.writeString(texts.resolve(i + ".txt"), "text " + i);
    }
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }
}
