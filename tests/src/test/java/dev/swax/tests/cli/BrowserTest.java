package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.cli.watch.WatchServer;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.runtime.process.ProcessSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of {@code swax watch} in a real Chromium, driven by Playwright: tests/browser/watch.mjs
 * says what is looked at. Skipped where Chromium, Node.js or Playwright are missing.
 */
@Tag("browser")
class BrowserTest {
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));
  private static final Path SCRIPTS = ROOT.resolve("tests/browser");
  private static final Path PICTURES = ROOT.resolve("tests/target/browser");
  private static final int MOST_MINUTES = 8;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void make() throws IOException {
    SmallFile.write(folder, 2000);
    var asked = new AtomicInteger();
    Run run =
        Run.until(
            () -> asked.incrementAndGet() > 2, folder, "train", "m.swax", "--run-dir", "runs/a");
    assertThat(run.code()).as(run.err()).isEqualTo(75);
    for (String name : List.of("b", "live")) {
      Folders.copy(folder.resolve("runs/a"), folder.resolve("runs").resolve(name));
    }
    makeGrid(new GridFolder(folder.resolve("grids/small")));
  }

  /** Four cells: one is done, one has failed, two are to be run; a result for the third lies by. */
  private static void makeGrid(GridFolder grid) throws IOException {
    String cell = "{\"id\":\"c%d\",\"what\":\"%s\",\"column\":\"%s\",\"seed\":1}";
    grid.keepPlan(
        "{\"cells\":["
            + String.join(
                ",",
                cell.formatted(1, "val_ppl", "SWAX"),
                cell.formatted(2, "val_ppl", "xLSTM"),
                cell.formatted(3, "recall", "SWAX"),
                cell.formatted(4, "recall", "xLSTM"))
            + "]}");
    SequencedMap<String, Outcome.Metric> metrics = new LinkedHashMap<>();
    metrics.put("perplexity", new Outcome.Metric(9.25, 18, 0.125));
    grid.cell("c1").finish(new Outcome(metrics, 61, 1e9).now());
    grid.cell("c2").finish(new Outcome(metrics, 62, 1e9).now());
    Files.move(grid.path().resolve("cells/c2/result.json"), grid.path().resolve("later.json"));
    Files.createDirectories(grid.path().resolve("cells/c3"));
    grid.cell("c3").fail(new CellFolder.Failure(2, 1, "the loss is no number"));
  }

  @Test
  void thePageIsUsed() throws IOException, InterruptedException {
    Path chromium = find("chromium", "chromium-browser", "google-chrome");
    find("node");
    requirePlaywright();
    Files.createDirectories(PICTURES);
    Process trainer = new ProcessBuilder("sleep", "1000").start();
    try (WatchServer server = WatchServer.start(List.of(folder), folder, 0)) {
      hold(folder.resolve("runs/live/run.lock"), trainer.pid());
      Run looked =
          node(
              "watch.mjs",
              server.address(),
              chromium.toString(),
              folder.toString(),
              Long.toString(trainer.pid()),
              PICTURES.toString());
      assertThat(looked.code()).as(looked.out() + looked.err()).isZero();
      assertThat(looked.out().lines().filter(line -> line.startsWith("ok: "))).hasSize(11);
    } finally {
      trainer.destroyForcibly();
    }
  }

  /** As if the process trained the run. */
  private static void hold(Path lock, long pid) throws IOException {
    long start = ProcessSpace.startOf(pid).orElseThrow();
    Files.writeString(lock, "%d %d %s".formatted(pid, start, ProcessSpace.current().orElseThrow()));
  }

  private static Run node(String... arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("node"), Stream.of(arguments)).toList();
    return run(command);
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    try (Child child = Child.start(new ProcessBuilder(command).directory(SCRIPTS.toFile()))) {
      boolean ended = child.process().waitFor(MOST_MINUTES, TimeUnit.MINUTES);
      assertThat(ended).as("%s ends", command.getFirst()).isTrue();
      return child.await();
    }
  }

  private static void requirePlaywright() throws IOException, InterruptedException {
    if (!Files.isDirectory(SCRIPTS.resolve("node_modules/playwright-core"))) {
      find("npm");
      Run installed = run(List.of("npm", "install", "--no-audit", "--no-fund"));
      assumeTrue(installed.code() == 0, () -> "Playwright cannot be installed: " + installed.err());
    }
  }

  /** The first of these programs that is on the PATH. */
  private static Path find(String... names) {
    Optional<Path> found =
        Stream.of(names)
            .flatMap(name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                    .map(place -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), () -> names[0] + " is not installed");
    return found.get();
  }
}
