package dev.swax.compiler.analyze.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.Modules;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SymbolsTest {
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));

  /** Words that mean something in one place of a part's body or of a grid alone. */
  private static final Set<String> OF_ONE_PLACE =
      new LinkedHashSet<>(
          List.of(
              "rest",
              "zeros",
              "constant",
              "small",
              "wang",
              "normal",
              "uniform",
              "linspace",
              "shared",
              "chunked",
              "causal",
              "linear",
              "llama3",
              "yarn",
              "longrope",
              "groups",
              "heads",
              "bias",
              "original",
              "low",
              "high",
              "fast",
              "slow",
              "truncate",
              "magnitude",
              "factor",
              "within",
              "lines",
              "scatter",
              "curves",
              "against",
              "examples"));

  private static Symbols symbols(String name, String text) {
    return Symbols.of(module(name, text));
  }

  private static Module module(String name, String text) {
    var silent = new Diagnostics();
    return new Modules(new FileModules(ROOT), silent)
        .load(Parser.parse(new SourceFile(name, text), silent));
  }

  private static String file(Symbol symbol) {
    return Objects.requireNonNull(symbol.place()).file().name();
  }

  /** What the n-th such word means. */
  private static Symbol symbol(String text, String word, int n) {
    int offset = -1;
    for (int i = 0; i < n; i++) {
      offset = text.indexOf(word, offset + 1);
    }
    return symbols("test.swax", text).find(offset).orElseThrow().symbol();
  }

  @Test
  void aNameOfTheFileHidesThatOfAnImportButNotInItself() {
    String text = "import \"std/models\"\nmodel swax = swax with { width = 64 }\nlet a = swax\n";

    assertThat(file(symbol(text, "swax", 2))).isEqualTo("std/models.swax");
    assertThat(file(symbol(text, "swax", 3))).isEqualTo("test.swax");
  }

  @Test
  void anEntryOfWithMeansThatOfWhatItChanges() {
    String text =
        """
        model m(size = 3) { let a = size vocab = a layers = [] }
        model n = m with { a = size, layers = [] }
        """;

    assertThat(symbol(text, "a = size,", 1)).isEqualTo(symbol(text, "a = size v", 1));
    assertThat(symbol(text, "size,", 1)).isEqualTo(symbol(text, "size = 3", 1));
    assertThat(symbol(text, "layers = [] }\n", 2).kind()).isEqualTo(Symbol.Kind.KEY);
  }

  @Test
  void whatAWordMeansInItsPlaceAlone() {
    String text =
        "import \"std/tasks\"\nlet piqa = choices(set: piqa, file: \"a\")\nlet b = piqa\n";

    assertThat(symbol(text, "piqa", 2).kind()).isEqualTo(Symbol.Kind.WORD);
    assertThat(symbol(text, "piqa", 3).kind()).isEqualTo(Symbol.Kind.LET);
  }

  /** Every name of our own files means something, apart from words of one place in a body. */
  @TestFactory
  Stream<DynamicTest> everyNameOfOurFilesIsFound() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String folder : List.of("examples", "stdlib")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(path -> path.toString().endsWith(".swax"))
            .filter(path -> !path.toString().contains("/target/"))
            .sorted()
            .map(path ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(path).toString(), () -> assertThat(unknown(path)).isEmpty()))
            .forEach(tests::add);
      }
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  private static List<String> unknown(Path path) throws IOException {
    String name = ROOT.relativize(path).toString().replace('\\', '/');
    String text = Files.readString(path);
    Set<Integer> known = new LinkedHashSet<>();
    symbols(name, text).all().forEach(one -> known.add(one.span().start()));
    return Words.of(new SourceFile(name, text)).stream()
        .filter(word -> word.kind() == Word.Kind.NAME || word.kind() == Word.Kind.PRIMED)
        .filter(word -> !known.contains(word.span().start()))
        .filter(word -> !text.substring(0, word.span().start()).strip().endsWith("."))
        .map(word -> word.span().text())
        .filter(word -> !OF_ONE_PLACE.contains(word))
        .toList();
  }
}
