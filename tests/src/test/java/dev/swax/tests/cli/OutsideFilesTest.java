package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who checks a file learns which files outside its folder it would have read. */
class OutsideFilesTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      import "../shared/tiny.swax"
      import "beside.swax"
      data near { files = ["a/../text/*.txt"] }
      data far { files = ["../text/*.txt"] validation = ["/nowhere/*.txt"] }
      data asked { task = niah(length: 4096, text: ["a/../../prose/*.txt"]) }
      train small {
        data = near
        seq = 32 tok
        batch = 64 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
      }
      grid g {
        using small
        column "tiny" = tiny
        row arc = score(choices(set: arc, file: "../arc.jsonl"))
        reference "../printed.csv"
      }
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void eachIsListedAsItIsWritten() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Files.createDirectories(folder.resolve("shared"));
    Files.writeString(
        folder.resolve("shared/tiny.swax"),
        "edition 1\nimport \"std/models\"\nmodel tiny = swa_only(width: 32, blocks: 1, window: 8)\n");
    Files.writeString(mine.resolve("beside.swax"), "edition 1\nlet beside = 1\n");
    Files.writeString(folder.resolve("printed.csv"), ",tiny\narc,50\n");
    Files.writeString(mine.resolve("m.swax"), FILE);
    Run check = Run.in(folder, "check", "--no-data", "mine/m.swax");
    assertThat(check.code()).as(check.err()).isZero();
    assertThat(check.out().lines().filter(line -> line.startsWith("reads outside its folder: ")))
        .containsExactly(
            "reads outside its folder: ../shared/tiny.swax",
            "reads outside its folder: ../text/*.txt",
            "reads outside its folder: /nowhere/*.txt",
            "reads outside its folder: a/../../prose/*.txt",
            "reads outside its folder: ../printed.csv",
            "reads outside its folder: ../arc.jsonl");
    Run json = Run.in(folder, "check", "--no-data", "--json", "mine/m.swax");
    List<String> told = new ArrayList<>();
    for (JsonNode note : new JsonMapper().readTree(json.out())) {
      assertThat(note.path("severity").asText()).isEqualTo("note");
      assertThat(note.path("file").asText()).endsWith("mine/m.swax");
      told.add(note.path("message").asText());
    }
    assertThat(check.out().lines().skip(1)).containsExactlyElementsOf(told);
  }
}
