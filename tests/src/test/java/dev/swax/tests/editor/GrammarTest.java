package dev.swax.tests.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.Modules;
import dev.swax.compiler.analyze.symbol.Symbols;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TextMate grammar: its own tests, and the compiler's lexer on every file of the project. */
@Tag("editors")
class GrammarTest {
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));
  private static final Path EXTENSION = ROOT.resolve("editors/vscode");

  /** Files of these folders are right, so what a word is called there is known. */
  private static final List<String> RIGHT = List.of("examples", "stdlib");

  @TempDir private Path folder;

  /** A file with its words: start, end and kind of each. */
  record Written(String file, String text, List<List<Object>> words) {
    Written {
      words = List.copyOf(words);
    }
  }

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
    List<Written> files = files();
    assertThat(files).hasSizeGreaterThan(100);
    Path words = folder.resolve("words.json");
    new ObjectMapper().writeValue(words.toFile(), files);

    assertThat(
            Programs.output(
                new ProcessBuilder("node", "test/words.mjs", words.toString())
                    .directory(EXTENSION.toFile())))
        .contains(" words, 0 differences");
  }

  private static List<Written> files() throws IOException {
    List<Written> files = new ArrayList<>();
    for (String top : List.of("examples", "stdlib", "tests/golden", "benchmarks")) {
      try (Stream<Path> found = Files.walk(ROOT.resolve(top))) {
        found
            .filter(path -> path.toString().endsWith(".swax"))
            .filter(path -> !path.toString().contains("/target/"))
            .sorted()
            .flatMap(path -> written(path).stream())
            .forEach(files::add);
      }
    }
    return files;
  }

  /** What has a sign that the language has no use for is no file to colour. */
  private static List<Written> written(Path path) {
    String name = ROOT.relativize(path).toString().replace('\\', '/');
    if (!(SourceReader.read(path, name) instanceof SourceReader.Read(SourceFile file))) {
      return List.of();
    }
    List<Word> words = Words.of(file);
    if (words.isEmpty() || words.stream().anyMatch(word -> word.kind() == Word.Kind.FOREIGN)) {
      return List.of();
    }
    Set<Integer> names = names(file);
    boolean right = RIGHT.contains(name.substring(0, name.indexOf('/')));
    return List.of(
        new Written(
            name,
            file.text(),
            words.stream()
                .map(word ->
                    List.<Object>of(
                        word.span().start(),
                        word.span().end(),
                        kind(word, names.contains(word.span().start()), right)))
                .toList()));
  }

  private static String kind(Word word, boolean named, boolean right) {
    if (word.kind() != Word.Kind.CONTEXTUAL) {
      return word.kind().name();
    }
    return named ? "CONTEXTUAL_NAME" : right ? "CONTEXTUAL_WORD" : "CONTEXTUAL";
  }

  private static Set<Integer> names(SourceFile file) {
    var faults = new Diagnostics();
    SyntaxFile syntax = Parser.parse(file, faults);
    Set<Integer> names = new LinkedHashSet<>();
    if (!faults.hasErrors()) {
      var modules = new Modules(new FileModules(ROOT), new Diagnostics());
      Symbols.of(modules.load(syntax)).all().forEach(name -> names.add(name.span().start()));
    }
    return names;
  }
}
