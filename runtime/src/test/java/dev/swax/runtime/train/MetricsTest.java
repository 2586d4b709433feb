package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.evaluate.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final int STEPS = 5;

  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private Path file = Path.of("");
  private List<String> written = List.of();

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("metrics.jsonl");
    try (Metrics metrics = Metrics.open(file, 0, notices::add)) {
      for (int step = 1; step <= STEPS; step++) {
        metrics.write(
            new StepReport(
                step,
                2.5,
                0,
                new LinkedHashMap<>(),
                1,
                1e-3,
                new LinkedHashMap<>(),
                64L * step,
                1000,
                1 << 20),
            192.0 * step);
      }
    }
    written = Files.readAllLines(file);
  }

  @Test
  void aLineSaysWhenAndWhatItCost() {
    assertThat(written.get(1))
        .matches(".*\"time\":\"20[0-9]{2}-[0-9-]+T[0-9:.]+Z\".*")
        .contains("\"lr\":0.001", "\"flops\":384.0", "\"tokens\":128")
        .doesNotContain("\"rate\"");
  }

  @Test
  void theBaselineIsKeptOnce() throws IOException {
    try (Metrics metrics = Metrics.open(file, STEPS, notices::add)) {
      metrics.writeBaseline(STEPS, new Score(100, 100, 1, 1.5, Double.NaN));
    }
    assertThat(Files.readAllLines(file).getLast())
        .contains("\"step\":5", "\"baseline\":{\"name\":\"byte trigram\",\"loss\":1.5,");
    Metrics.open(file, STEPS, notices::add).close();
    assertThat(Files.readAllLines(file)).hasSize(STEPS + 1);
    assertThat(notices).isEmpty();
  }

  @Test
  void everyByteOfALineIsWatched() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int start = written.get(0).length() + 1;
    for (int at = start; at < start + written.get(1).length(); at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 1;
      Files.write(file, bytes);
      MetricLines lines = MetricLines.read(file);
      boolean inTheWordCheck = written.get(1).indexOf("\"check\"") + start < at + 2;
      assertThat(lines.damaged().size() == 1 || inTheWordCheck).as("byte %d", at).isTrue();
      assertThat(lines.lines().stream().map(MetricLines.Line::text)).contains(written.get(4));
    }
  }

  @Test
  void aDamagedLineIsSetAsideAndAllOthersStay() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[written.get(0).length() + 20] = (byte) 0xff;
    Files.write(file, bytes);
    Metrics.open(file, STEPS, notices::add).close();
    assertThat(Files.readAllLines(file))
        .containsExactly(written.get(0), written.get(2), written.get(3), written.get(4));
    assertThat(Files.readAllLines(folder.resolve("metrics.damaged"))).hasSize(1);
    assertThat(notices)
        .containsExactly(
            "metrics.jsonl: damaged lines: 1, the first is line 2; they were moved to metrics.damaged, all"
                + " others are kept",
            "metrics.jsonl: 1 of 5 steps are missing");
  }

  @Test
  void whatIsLaterThanTheCheckpointOrTornIsLeftOut() throws IOException {
    Files.writeString(file, String.join("\n", written) + "\n{\"step\":");
    Metrics.open(file, 3, notices::add).close();
    assertThat(Files.readAllLines(file)).isEqualTo(written.subList(0, 3));
    assertThat(notices).isEmpty();
  }

  @Test
  void aFileCutShortIsToldOf() throws IOException {
    Files.writeString(file, written.getFirst().substring(0, 9), StandardCharsets.UTF_8);
    Metrics.open(file, STEPS, notices::add).close();
    assertThat(notices).containsExactly("metrics.jsonl: 5 of 5 steps are missing");
  }

  @Test
  void linesOfAnOlderSwaxHaveNoCheck() throws IOException {
    Files.writeString(file, "{\"step\":1,\"loss\":2.5}\n{\"step\":2,\"loss\":x}\n");
    assertThat(MetricLines.read(file).lines()).hasSize(1);
    assertThat(MetricLines.read(file).damaged()).hasSize(1);
  }
}
