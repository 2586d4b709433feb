package dev.swax.tests.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.swax.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One session of an installed Neovim with {@code swax lsp}, which asks for each feature. */
@Tag("editors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeovimTest {
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));

  private JsonNode results = MissingNode.getInstance();

  @BeforeAll
  void session(@TempDir Path folder) throws Exception {
    assumeTrue(Programs.find("nvim").isPresent(), "nvim is not installed here");
    Path file = folder.resolve("quickstart.swax");
    Files.copy(ROOT.resolve("examples/quickstart.swax"), file);
    Path written = folder.resolve("results.json");
    var builder =
        new ProcessBuilder(
                "nvim",
                "--headless",
                "-u",
                "NONE",
                "-i",
                "NONE",
                "-c",
                "luafile " + ROOT.resolve("editors/neovim/test/session.lua"))
            .directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    for (String variable : List.of("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")) {
      environment.put(variable, Files.createDirectories(folder.resolve("home")).toString());
    }
    environment.put("SWAX_CACHE", folder.resolve("caches").toString());
    environment.put("SWAX_COMMAND", new ObjectMapper().writeValueAsString(command()));
    environment.put("SWAX_ROOT", ROOT.toString());
    environment.put("SWAX_FILE", file.toString());
    environment.put("SWAX_DATA", archive(folder).toString());
    environment.put("SWAX_PLACE", folder.resolve("target/data/sources.jar").toString());
    environment.put("SWAX_RESULT", written.toString());
    String printed = Programs.output(builder);
    results = read(written, printed);
  }

  /** With text that is enough for the file's training. */
  private static Path archive(Path folder) throws IOException {
    Path archive = folder.resolve("sources.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int i = 0; i < 400; i++) {
        out.putNextEntry(new ZipEntry("Source%d.java".formatted(i)));
        out.write("class Source%d {}\n".formatted(i).repeat(50).getBytes(StandardCharsets.UTF_8));
      }
    }
    return archive;
  }

  private static JsonNode read(Path written, String printed) throws IOException {
    assertThat(written).as(printed).exists();
    JsonNode read = new ObjectMapper().readTree(written.toFile());
    assertThat(read.path("fault").asText("")).isEmpty();
    return read;
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  private static List<String> texts(JsonNode list, String... path) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      JsonNode inner = one;
      for (String name : path) {
        inner = inner.path(name);
      }
      texts.add(inner.asText());
    }
    return texts;
  }

  @Test
  void hoverShowsTheFactsOfAModelOfAnotherFile() {
    assertThat(results.path("hover").path("contents").path("value").asText())
        .contains("model swax_1b = lm with", "parameters        1,476,716,640", "receptive field");
  }

  @Test
  void definitionsLeadToFilesAndIntoTheLibrary() {
    assertThat(texts(results.path("definition"), "uri"))
        .containsExactly(ROOT.resolve("examples/paper/models.swax").toUri().toString());
    assertThat(results.path("library").get(0).path("uri").asText()).endsWith("std/models.swax");
  }

  @Test
  void referencesAreFoundInTheFilesOfTheProject() {
    assertThat(texts(results.path("references"), "uri"))
        .anyMatch(uri -> uri.endsWith("/table1.swax"))
        .anyMatch(uri -> uri.endsWith("/models.swax"));
  }

  @Test
  void theShapeOfAFile() {
    assertThat(texts(results.path("symbols"), "name")).contains("table1");
    assertThat(results.path("folding")).isNotEmpty();
    assertThat(results.path("colours").asInt()).isGreaterThan(500);
  }

  @Test
  void whatCanBeWritten() {
    assertThat(texts(results.path("completion"), "label")).contains("hybrid", "swax");
    assertThat(texts(results.path("hints"), "label")).contains("= 4096 tok");
  }

  @Test
  void aNameChangesEverywhere() {
    JsonNode edits = results.path("rename").path("changes");
    assertThat(edits.elements().next()).hasSize(4);
  }

  @Test
  void dataIsLookedAtWhenAFileIsOpenedAndSaved() {
    assertThat(texts(results.path("missing"), "code")).containsExactly("SWX5020");
    assertThat(results.path("right")).isEmpty();
  }

  @Test
  void whatIsWrongIsToldAndMended() {
    assertThat(results.path("right")).isEmpty();
    assertThat(texts(results.path("wrong"), "code")).containsExactly("SWX2001");
    assertThat(texts(results.path("fixes"), "title")).containsExactly("Write `hybrid`");
    assertThat(results.path("mended")).isEmpty();
  }

  @Test
  void formattingGivesTheFileItsShape() {
    assertThat(results.path("formatted").asBoolean()).isTrue();
  }
}
