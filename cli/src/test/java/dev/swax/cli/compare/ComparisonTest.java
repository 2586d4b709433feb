package dev.swax.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.cli.observe.RunCurves;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static ComparedRun run(String label, String rate, double... losses) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("model.name", "tiny");
    settings.put("train.lr", rate);
    var curves = new RunCurves();
    for (int i = 0; i < losses.length; i++) {
      curves.line("{\"step\":%d,\"loss\":%s,\"tokens\":%d}".formatted(i + 1, losses[i], 64 * i));
    }
    return new ComparedRun(label, Path.of(label), settings, curves);
  }

  private static Comparison compare(ComparedRun... runs) {
    List<ComparedRun> all = List.of(runs);
    List<Comparison.Setting> settings =
        List.of("model.name", "train.lr").stream()
            .map(path ->
                new Comparison.Setting(
                    path, all.stream().map(run -> run.settings().get(path)).toList()))
            .toList();
    return new Comparison(all, settings, Result.of(all));
  }

  @Test
  void runsAreCalledByWhatTellsThemApart() {
    assertThat(Comparison.labels(List.of(Path.of("runs/a"), Path.of("runs/b"))))
        .containsExactly("a", "b");
    assertThat(Comparison.labels(List.of(Path.of("x/a/run"), Path.of("y/a/run"))))
        .containsExactly("x/a/run", "y/a/run");
    assertThatThrownBy(() -> Comparison.labels(List.of(Path.of("a"), Path.of("b/../a"))))
        .hasMessageContaining("is given twice");
  }

  @Test
  void onlyWhatDiffersIsShown() {
    Comparison two = compare(run("a", "1e-3", 3, 2), run("b", "2e-3", 3, 2.5));
    assertThat(CompareText.of(two, false, 80))
        .isEqualTo(
            """
            settings that differ  a     b
            train.lr              1e-3  2e-3

            results (* best)                 a    b
            steps                            2    2
            tokens                           64   64
            loss, mean of the last 5%        2 *  2.5000 (+0.5000)
            seconds from first step to last  0    0
            """);
    assertThat(CompareText.of(two, true, 80)).contains("model.name  tiny  tiny");
  }

  @Test
  void runsThatDoNotFitBesideEachOtherComeBelow() {
    Comparison four =
        compare(run("a", "1", 1), run("b", "2", 1), run("c", "3", 1), run("d", "4", 1));
    String narrow = CompareText.of(four, false, 30);
    assertThat(narrow.lines().filter(line -> line.startsWith("train.lr"))).hasSize(2);
    assertThat(CompareText.of(four, false, 200)).contains("train.lr              1  2  3  4\n");
  }

  @Test
  void oneThatIsNotBetterThanTheOthersIsNotMarked() {
    assertThat(best(Result.Better.LOWER, 2, 1, 3)).isEqualTo(1);
    assertThat(best(Result.Better.HIGHER, 2, 1, 3)).isEqualTo(2);
    assertThat(best(Result.Better.LOWER, Double.NaN, 4)).isEqualTo(1);
    assertThat(best(Result.Better.LOWER, 1, 1, 2)).isEqualTo(-1);
    assertThat(best(Result.Better.LOWER, 2, 2, 1)).isEqualTo(2);
    assertThat(best(Result.Better.NEITHER, 1, 2)).isEqualTo(-1);
    assertThat(best(Result.Better.LOWER, 1)).isEqualTo(-1);
  }

  private static int best(Result.Better better, double... values) {
    return new Result("x", better, Arrays.stream(values).boxed().toList()).best();
  }

  @Test
  void aRunWithoutStepsIsNamed() {
    String text = CompareText.of(compare(run("a", "1"), run("b", "1", 2)), false, 80);
    assertThat(text).contains("  none\n", "note: a has no steps");
  }
}
