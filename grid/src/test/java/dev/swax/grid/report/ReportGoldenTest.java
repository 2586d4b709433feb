package dev.swax.grid.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.grid.result.GridResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/**
 * Whole reports of results made by hand, file by file. {@code -Dgolden=update} rewrites what is
 * expected and still fails, so that the difference is read.
 */
class ReportGoldenTest {
  private static final boolean UPDATE = System.getProperty("golden", "check").equals("update");
  private static final Path EXPECTED =
      Path.of(System.getProperty("swax.root")).resolve("tests/golden/reports");

  @TempDir Path folder;

  static Stream<Map.Entry<String, GridResult>> results() {
    SequencedMap<String, GridResult> results = new LinkedHashMap<>();
    results.put("every_kind", Samples.everyKind());
    results.put("ablation", Samples.ablation());
    results.put("intervals", Samples.intervals());
    return results.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("results")
  void everyFileIsAsExpected(Map.Entry<String, GridResult> result) throws IOException {
    new Reports(result.getValue()).write(folder);
    Path expected = EXPECTED.resolve(result.getKey());
    var actual = withFiguresByName(Written.files(folder));
    if (UPDATE) {
      for (var file : actual.entrySet()) {
        Files.createDirectories(expected.resolve(file.getKey()).getParent());
        Files.writeString(expected.resolve(file.getKey()), file.getValue());
      }
      throw new AssertionError(
          "rewrote " + expected + "; read the difference, then run without -Dgolden=update");
    }
    var wanted = Written.files(expected);
    assertThat(actual.keySet()).isEqualTo(wanted.keySet());
    for (var file : wanted.entrySet()) {
      if (!file.getValue().equals(actual.get(file.getKey()))) {
        throw new AssertionFailedError(
            expected.resolve(file.getKey()) + " differs (-Dgolden=update rewrites it)",
            file.getValue(),
            actual.get(file.getKey()));
      }
    }
  }

  /** A report holds its figures as they are in their files; what is expected holds their names. */
  private static Map<String, String> withFiguresByName(Map<String, String> files) {
    String html = "report.html";
    String report = Objects.requireNonNull(files.get(html));
    Map<String, String> named = new LinkedHashMap<>(files);
    for (var file : files.entrySet()) {
      if (file.getKey().endsWith(".svg")) {
        assertThat(report).contains(file.getValue());
        report = report.replace(file.getValue(), "<!-- %s -->\n".formatted(file.getKey()));
      }
    }
    named.put(html, report);
    return named;
  }

  @ParameterizedTest
  @MethodSource("results")
  void theSameResultGivesTheSameBytes(Map.Entry<String, GridResult> result) throws IOException {
    new Reports(result.getValue()).write(folder.resolve("a"));
    new Reports(result.getValue()).write(folder.resolve("b"));
    assertThat(Written.files(folder.resolve("a"))).isEqualTo(Written.files(folder.resolve("b")));
  }

  @Test
  void figuresThatAreNoLongerAskedForAreRemoved() throws IOException {
    new Reports(Samples.ablation()).write(folder);
    new Reports(Samples.everyKind()).write(folder);
    assertThat(Written.files(folder).keySet())
        .containsExactlyInAnyOrder("report.csv", "report.html", "report.md", "report.tex");
  }
}
