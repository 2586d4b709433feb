package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small grid through the command line, with processes that are really killed. Begins early, since
 * it takes long.
 */
@Order(2)
class GridTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train small {
        data = pairs
        seq = 32 tok
        batch = 8 * seq
        budget = 30 step
        lr = constant(rate: 3e-3)
        checkpoint_every = 5 step
        validation_tokens = 512 tok
      }
      grid recall "Recall" {
        using small
        seeds = [1, 2]
        column "SWA" = swa_only(width: 32, blocks: 2, window: 8) with { vocab = 64 }
        column "SWA, longer" = tested(swa_only(width: 32, blocks: 2, window: 8) with { vocab = 64 }, window: 16)
        row FLOPs = flops_per_token / 1e3 format "0.0"
        row "recall at {n}" for n in [32] = score(mqar(length: n, pairs: 2, vocab: 64), examples: 50) higher
        row mean = mean("recall at {n}")
        figure "Training" = curves()
        figure "Length" = lines("recall at {n}", against: n)
      }
      """;

  private static final int KILLS = 2;

  @TempDir Path folder = Path.of("");

  @Test
  void killedAgainAndAgainItEndsWithTheSameReport() throws Exception {
    Path file = Files.writeString(folder.resolve("recall.swax"), FILE);
    Run planned = swax(file, "plan", "whole");
    assertThat(planned.out()).contains("6 to run").contains("training");
    Run whole = swax(file, "run", "whole", "--jobs", "2");
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(swax(file, "status", "whole").out()).isEqualTo("6 cached\n");

    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      killOnce(file, random);
    }
    Run rest = swax(file, "run", "killed", "--jobs", "2");
    assertThat(rest.code()).as("seed %d: %s", seed, rest.err()).isZero();
    assertThat(report(file, "killed")).as("seed %d", seed).isEqualTo(report(file, "whole"));

    long before = Files.getLastModifiedTime(folder.resolve("killed/cells")).toMillis();
    Run again = swax(file, "run", "killed");
    assertThat(again.code()).isZero();
    assertThat(again.err()).startsWith("all 6 cells are done");
    assertThat(Files.getLastModifiedTime(folder.resolve("killed/cells")).toMillis())
        .isEqualTo(before);
  }

  /** Starts a runner and kills it, or one of its cells, at a random moment. */
  private void killOnce(Path file, SplittableRandom random) throws Exception {
    var builder =
        new ProcessBuilder(command("grid", "run", file.toString(), "--dir", dir("killed")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C.UTF-8"); // as the launcher does
    Process runner = builder.start();
    boolean ended = runner.waitFor(random.nextInt(500, 4000), TimeUnit.MILLISECONDS);
    List<ProcessHandle> cells = runner.children().toList();
    if (cells.isEmpty() || random.nextBoolean()) {
      runner.destroyForcibly().waitFor();
    } else {
      cells.get(random.nextInt(cells.size())).destroyForcibly();
      runner.destroy(); // asked to stop, it ends the others
      ended |= runner.waitFor(60, TimeUnit.SECONDS);
      assertThat(ended).as("the runner ends").isTrue();
    }
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:CompileThresholdScaling=3"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Run swax(Path file, String verb, String place, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("grid", verb, file.toString(), "--dir", dir(place)));
    arguments.addAll(List.of(more));
    return Run.swax(arguments.toArray(String[]::new));
  }

  private String dir(String place) {
    return folder.resolve(place).toString();
  }

  /** What a training took and when it ended, which is another for each. */
  private static final String WHEN = "( steps of [0-9,]+ tokens), [^<\n]*, ended [0-9-]+";

  /** Every file of a report. */
  private Map<String, String> report(Path file, String place) throws IOException {
    Run run = swax(file, "report", place);
    assertThat(run.code()).as(run.err()).isZero();
    Path report = folder.resolve(place).resolve("report");
    Map<String, String> files = new LinkedHashMap<>();
    try (var paths = Files.walk(report)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        files.put(
            report.relativize(path).toString(), Files.readString(path).replaceAll(WHEN, "$1"));
      }
    }
    assertThat(files).containsKeys("report.html", "report.md", "report.csv", "report.tex");
    return files;
  }
}
