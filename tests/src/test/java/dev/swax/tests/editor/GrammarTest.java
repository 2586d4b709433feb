package dev.swax.tests.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TextMate grammar: its own tests, and the compiler's lexer on every file of the project. */
@Tag("editors")
class GrammarTest {
  private static final Path EXTENSION = ProjectFiles.ROOT.resolve("editors/vscode");

  @TempDir private Path folder;

  @BeforeEach
  void onlyWithItsPackages() {
    assumeTrue(Programs.find("node").isPresent(), "node is not installed here");
    assumeTrue(
        Files.isDirectory(EXTENSION.resolve("node_modules")),
        "no packages: npm ci --ignore-scripts in editors/vscode");
  }

  @Test
  void itsOwnTestsPass() throws Exception {
    Path tool = EXTENSION.resolve("node_modules/vscode-tmgrammar-test/dist/unit.js");
    assertThat(
            Programs.output(
                new ProcessBuilder("node", tool.toString(), "test/language.swax")
                    .directory(EXTENSION.toFile())))
        .contains("run successfuly");
  }

  @Test
  void everyWordOfEveryFileIsWhatTheCompilerSays() throws Exception {
    List<ProjectFiles.Written> files = ProjectFiles.all();
    assertThat(files).hasSizeGreaterThan(100);
    Path words = folder.resolve("words.json");
    new ObjectMapper().writeValue(words.toFile(), files);

    assertThat(
            Programs.output(
                new ProcessBuilder("node", "test/words.mjs", words.toString())
                    .directory(EXTENSION.toFile())))
        .contains(" words, 0 differences");
  }
}
