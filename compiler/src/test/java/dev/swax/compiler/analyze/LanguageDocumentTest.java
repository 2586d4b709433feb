package dev.swax.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.evaluate.Constructor;
import dev.swax.compiler.analyze.evaluate.Function;
import dev.swax.compiler.analyze.evaluate.Key;
import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/language.md shows is the language: its snippets parse, its tables are the schemas. */
class LanguageDocumentTest {
  private static final Path DOCUMENT = Path.of(System.getProperty("swax.root"), "docs/language.md");
  private static final Pattern SNIPPET = Pattern.compile("```swax\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");
  private static final Pattern CALL = Pattern.compile("`(\\w+)\\(([^`)]*)\\)`");

  @TestFactory
  Stream<DynamicTest> everySnippetParses() {
    List<String> snippets = all(SNIPPET, document()).stream().map(m -> m.group(1)).toList();
    assertThat(snippets).isNotEmpty();
    return snippets.stream()
        .map(snippet ->
            DynamicTest.dynamicTest(snippet.lines().findFirst().orElse(""), () -> parses(snippet)));
  }

  private static void parses(String snippet) {
    var diagnostics = new Diagnostics();
    Parser.parse(new SourceFile("language.md", snippet), diagnostics);
    assertThat(DiagnosticRenderer.render(diagnostics.all())).isEmpty();
  }

  /** What the table of patterns shows can stand in a model, and means what it means there. */
  @TestFactory
  Stream<DynamicTest> everyPatternIsOne() {
    List<String> patterns =
        all(Pattern.compile("^\\| `(.+?)` \\|", Pattern.MULTILINE), chapter("Layer patterns"))
            .stream()
            .map(m -> m.group(1))
            .toList();
    assertThat(patterns).hasSizeGreaterThan(4);
    return patterns.stream()
        .map(pattern -> DynamicTest.dynamicTest(pattern, () -> isPattern(pattern)));
  }

  private static void isPattern(String pattern) {
    Analyzed analyzed =
        Analyzed.of(
            """
            let blocks = 24
            model m(width = 64) {
              vocab = 256
              ffn = swiglu(hidden: 128)
              let local = swa(window: 16, heads: 4)
              let memory = swa(window: 32, heads: 4)
              let full = attention(heads: 4)
              layers = %s
            }
            """
                .formatted(pattern));
    assertThat(analyzed.messages()).allMatch(message -> message.contains("is never used"));
    assertThat(analyzed.model("m").layers()).isNotEmpty();
  }

  @Test
  void theKeysOfModels() {
    assertThat(keys("Models")).isEqualTo(keys(Schemas.MODEL));
  }

  @Test
  void theKeysOfData() {
    assertThat(keys("Data")).isEqualTo(keys(Schemas.DATA));
  }

  @Test
  void theKeysOfTraining() {
    assertThat(keys("Train")).isEqualTo(keys(Schemas.TRAIN));
  }

  /** Whatever is shown with its arguments in a table has these, in this order. */
  @Test
  void theArgumentsOfParts() {
    SequencedMap<String, List<String>> shown = new LinkedHashMap<>();
    for (MatchResult call : all(CALL, chapter("Parts") + rows("Train"))) {
      shown.put(call.group(1), List.of(call.group(2).split(", ")));
    }
    for (Constructor part : Constructor.all()) {
      List<String> arguments = shown.get(part.schema().construct());
      if (arguments != null) {
        assertThat(arguments).as(part.text()).isEqualTo(part.schema().names());
      }
    }
    assertThat(shown).containsKeys("swa", "attention", "rmsnorm", "swiglu", "layer", "adamw");
  }

  @Test
  void everyFunctionIsNamed() {
    assertThat(all(Pattern.compile("`(\\w+)\\("), document()).stream().map(m -> m.group(1)))
        .containsAll(
            Stream.of(Function.values())
                .filter(function -> function != Function.PARALLEL && function != Function.SHARED)
                .map(Function::text)
                .toList());
  }

  /** Each key with what holds where it is not written, of the first table of a chapter. */
  private static Map<String, String> keys(String chapter) {
    SequencedMap<String, String> keys = new LinkedHashMap<>();
    for (String row : rows(chapter).lines().skip(2).takeWhile(l -> l.startsWith("|")).toList()) {
      String[] cells = row.replace("\\|", "/").split("\\|");
      List<String> names = all(NAME, cells[1]).stream().map(m -> m.group(1)).toList();
      String[] absent = cells[3].strip().replace("`", "").split(", ");
      for (int i = 0; i < names.size(); i++) {
        keys.put(names.get(i), absent[Math.min(i, absent.length - 1)]);
      }
    }
    return keys;
  }

  private static Map<String, String> keys(Schema schema) {
    SequencedMap<String, String> keys = new LinkedHashMap<>();
    for (Key key : schema.keys()) {
      keys.put(key.name(), key.isRequired() ? "required" : key.absent());
    }
    return keys;
  }

  /** The tables of a chapter, from the first one of keys on. */
  private static String rows(String chapter) {
    String text = chapter(chapter);
    int start = text.indexOf("| key | is | default |");
    assertThat(start).as("a table of keys in chapter " + chapter).isNotNegative();
    return text.substring(start);
  }

  private static String chapter(String title) {
    return Stream.of(document().split("\n## "))
        .filter(c -> c.startsWith(title + "\n"))
        .findFirst()
        .orElse("");
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return new ArrayList<>(pattern.matcher(text).results().toList());
  }

  private static String document() {
    try {
      return Files.readString(DOCUMENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
