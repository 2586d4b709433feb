package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between two runs that were trained, in every form. */
class CompareTest {
  private static Path folder = Path.of("");

  @BeforeAll
  static void train(@TempDir Path place) throws IOException {
    folder = place;
    SmallFile.write(folder, 2);
    assertThat(swax("train", "m.swax", "--run-dir", "a").code()).isZero();
    Run other =
        swax("train", "m.swax", "--run-dir", "b", "--set", "train.budget=3 step", "--seed", "7");
    assertThat(other.code()).as(other.err()).isZero();
  }

  private static Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }

  @Test
  void settingsResultsAndStepsAreTold() throws IOException {
    Run text = swax("compare", "a", "b", "--html", "c.html", "--csv", "c.csv");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .containsPattern("train.steps +2 step +3 step\n")
        .containsPattern("train.seed +\\d+ +7\n")
        .doesNotContain("model.width")
        .containsPattern("\nsteps +2 +3\n");
    String page = Files.readString(folder.resolve("c.html"));
    assertThat(page)
        .contains("<svg", "training loss, nats per token", "model.parameters")
        .doesNotContain("<script", "src=", "href=\"http");
    List<String> lines = Files.readAllLines(folder.resolve("c.csv"));
    assertThat(lines).hasSize(1 + 2 + 3);
    assertThat(lines.getFirst()).startsWith("run,step,time,loss,");
    assertThat(lines.get(5)).startsWith("b,3,").doesNotEndWith(",");
  }

  @Test
  void jsonHasTheNumbersOfTheRuns() throws IOException {
    JsonNode told = new JsonMapper().readTree(swax("compare", "a", "b", "--json").out());
    String last =
        Files.readAllLines(folder.resolve("b/metrics.jsonl")).stream()
            .filter(line -> line.contains("\"validation\""))
            .toList()
            .getLast();
    assertThat(told.at("/runs/1/results").path("validation/loss").floatValue())
        .isEqualTo(new JsonMapper().readTree(last).at("/validation/loss").floatValue());
    assertThat(told.path("differing").toString()).contains("train.steps").doesNotContain("seq");
    assertThat(told.at("/runs/0/settings/model.width").asText()).isNotEmpty();
  }

  @Test
  void aDamagedLineAndAFolderWithoutRunAreNamed() throws IOException {
    Folders.copy(folder.resolve("a"), folder.resolve("hurt"));
    Files.writeString(
        folder.resolve("hurt/metrics.jsonl"), "{\"step\":9,\"lo\n", StandardOpenOption.APPEND);
    assertThat(swax("compare", "hurt", "b").out())
        .contains("note: hurt: damaged lines of metrics.jsonl that are left out: 1");
    swax("compare", "a", "nowhere").isRefused("there is no run `", "nowhere`");
    Files.createDirectory(folder.resolve("empty"));
    swax("compare", "a", "empty").isRefused("is not a run directory: it has no manifest.json");
    swax("compare", "a", "a").isRefused("a` is given twice");
    swax("compare", "a", "b", "--html", "no/such/c.html").isRefused("cannot write");
    swax("compare").isRefused("RUN");
  }
}
