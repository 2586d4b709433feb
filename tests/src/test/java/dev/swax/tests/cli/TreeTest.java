package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the project that shows the language: it has its shape, and nothing is wrong. */
class TreeTest {
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));
  private static final Pattern PROFILE = Pattern.compile("^profile (\\w+)", Pattern.MULTILINE);

  /** Without the inputs of other tests, which show faults and odd layouts on purpose. */
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".swax"))
              .map(ROOT::relativize)
              .filter(file -> !file.startsWith("tests/golden"))
              .filter(file -> !file.startsWith("editors/vscode/test"))
              .filter(file -> Stream.of("target", "runs").noneMatch(parts(file)::contains))
              .sorted()
              .toList();
      assertThat(found).contains(Path.of("examples/quickstart.swax"));
      return found;
    }
  }

  private static List<String> parts(Path file) {
    var parts = new ArrayList<String>();
    file.forEach(part -> parts.add(part.toString()));
    return parts;
  }

  @ParameterizedTest
  @MethodSource("files")
  void hasItsShape(Path file) {
    Run run = Run.in(ROOT, "fmt", "--check", file.toString());
    assertThat(run.code()).as("swax fmt %s: %s", file, run.err()).isZero();
  }

  @ParameterizedTest
  @MethodSource("files")
  void hasNoFault(Path file) throws IOException {
    clean(Run.in(ROOT, "check", "--no-data", file.toString()));
    for (var name : PROFILE.matcher(Files.readString(ROOT.resolve(file))).results().toList()) {
      clean(Run.in(ROOT, "check", "--no-data", file.toString(), "--profile", name.group(1)));
    }
  }

  /** So one finds a memory to try under its own name. */
  @Test
  void everyCellOfTheLibraryHasASmallModel() throws IOException {
    List<String> models = names("model", Files.readString(ROOT.resolve("examples/memories.swax")));
    assertThat(models)
        .containsAll(names("cell", Files.readString(ROOT.resolve("stdlib/swax/std/cells.swax"))));
  }

  private static List<String> names(String kind, String text) {
    return Pattern.compile("(?m)^" + kind + " (\\w+)")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** But that a cell is trained token by token, as it has to be. */
  private static void clean(Run run) {
    assertThat(run.err().lines().filter(line -> line.matches("(error|warning)\\[.*")))
        .allMatch(line -> line.endsWith("it is trained token by token"));
    assertThat(run.code()).isZero();
  }
}
