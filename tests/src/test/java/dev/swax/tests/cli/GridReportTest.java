package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a grid is checked for before and after anything is trained. */
class GridReportTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train small {
        data = pairs
        seq = 32 tok
        batch = 64 tok
        budget = 4 step
        lr = constant(rate: 1e-3)
      }
      grid g {
        using small
        column "SWA:{w}" for w in [4, 8] = swa_only(width: 32, blocks: 2, window: w) with { vocab = 256 }
        row flops = flops_per_token
        row arc = score(choices(set: arc, file: "arc.jsonl")) * 100
        %s
      }
      """;

  @TempDir Path folder = Path.of("");

  private void write(String lines) throws IOException {
    Files.writeString(folder.resolve("g.swax"), FILE.formatted(lines));
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }

  private Run file(String... verb) {
    String[] arguments = Arrays.copyOf(verb, verb.length + 1);
    arguments[verb.length] = folder.resolve("g.swax").toString();
    return swax(arguments);
  }

  @Test
  void anExpectationThatDoesNotHoldMakesTheReportEndWithOne() throws IOException {
    write("expect flops[\"SWA:4\"] < flops[\"SWA:8\"]");
    Run met = file("grid", "report");
    assertThat(met.code()).as(met.err()).isZero();
    assertThat(met.out()).startsWith("met: flops[\"SWA:4\"] < flops[\"SWA:8\"] (");
    write("expect flops[\"SWA:4\"] > flops[\"SWA:8\"]");
    Run broken = file("grid", "report");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).startsWith("NOT met: ");
    assertThat(folder.resolve("grids/g/report/report.md")).content().contains("NOT met: ");
  }

  @Test
  void recordsThatAreNotThereAreNamedByEveryVerb() throws IOException {
    write("");
    String reason = "there is no file `arc.jsonl`";
    assertThat(file("check").code()).isZero();
    Run plan = file("grid", "plan");
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("cannot run here: " + reason)
        .contains("and 2 cells whose files are missing");
    assertThat(file("grid", "status").out()).contains(reason);
    Run report = file("grid", "report");
    assertThat(report.code()).as(report.err()).isZero();
    assertThat(report.out()).contains("missing: arc: " + reason);
    Run refused = file("grid", "run");
    refused.isRefused("arc of SWA:4, seed 1 cannot run here: " + reason, "`--keep-going`");
  }

  /** Wherever the file lies and the command is typed, and however the file is named in it. */
  @Test
  void aReportHasTheSameBytesEverywhere() throws IOException {
    String absent =
        FILE.replace(
            "data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }",
            "data pairs { files = [\"text/**/*.txt\"] }");
    String lines =
        "row ppl = perplexity(pairs)\nrow nq = score(exact_match(set: nq, file: \"../nq.jsonl\"))";
    for (String place : List.of("one", "two/deeper")) {
      Path file = Files.createDirectories(folder.resolve(place)).resolve("g.swax");
      Files.writeString(file, absent.formatted(lines));
    }
    Path typed = report(folder.resolve("one"), "g.swax", "typed");
    Path above = report(folder, "one/g.swax", "above");
    Path whole = report(folder, folder.resolve("two/deeper/g.swax").toString(), "whole");
    for (String name : List.of("report.md", "report.html", "report.csv", "report.tex")) {
      assertThat(typed.resolve(name))
          .content()
          .contains("arc.jsonl", "../nq.jsonl", "text/")
          .doesNotContain(folder.toString());
      assertThat(above.resolve(name)).hasSameBinaryContentAs(typed.resolve(name));
      assertThat(whole.resolve(name)).hasSameBinaryContentAs(typed.resolve(name));
    }
  }

  /** The folder of the report of a file. */
  private Path report(Path from, String file, String name) {
    Path out = folder.resolve("reports").resolve(name);
    Run report = Run.in(from, "grid", "report", file, "--out", out.toString());
    assertThat(report.code()).as(report.err()).isZero();
    return out;
  }

  @Test
  void aReferenceIsLookedForBeforeItIsNeeded() throws IOException {
    write("reference \"printed.csv\"");
    file("check").isRefused("SWX5001", "there is no file", "printed.csv");
    Files.writeString(folder.resolve("printed.csv"), ",SWA:4,SWA:8\nflops,1,2\n");
    file("check").isRefused("printed.csv has no row `arc`, which the grid has");
    Files.writeString(
        folder.resolve("printed.csv"), ",SWA:4,SWA:8\nflops,1,2\n\narc,,\nflops,3,4\n");
    file("check").isRefused("printed.csv has row `flops` twice, in lines 2 and 5");
    Files.writeString(folder.resolve("printed.csv"), ",SWA:4,SWA:8,SWA:4\nflops,1,2,3\narc,,,\n");
    file("check").isRefused("printed.csv has column `SWA:4` twice, as values 2 and 4 of line 1");
    Files.writeString(folder.resolve("printed.csv"), ",SWA:4,SWA:8\nflops,\"1,2\narc,,\n");
    file("check").isRefused("printed.csv has a quote in line 2 that does not end there");
    Files.writeString(folder.resolve("printed.csv"), ",SWA:4,SWA:8\nflops,1,2\narc,,\n");
    assertThat(file("check").code()).isZero();
  }
}
