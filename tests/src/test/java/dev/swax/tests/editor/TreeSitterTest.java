package dev.swax.tests.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.tests.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The grammar for tree-sitter, generated and compiled by its users' programs and read by Neovim,
 * against the compiler on every file of the project.
 */
@Tag("editors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreeSitterTest {
  private static final Path GRAMMAR = ProjectFiles.ROOT.resolve("editors/tree-sitter");
  private static final List<String> PROGRAMS = List.of("tree-sitter", "cc", "nvim");

  private static final int DRAWN = 500;

  /** Every operator between two values. */
  private static final List<String> OPERATIONS =
      List.of(
          "%s ^ %s",
          "- %s ^ %s",
          "%s * %s",
          "%s . %s",
          "%s - %s",
          "%s .. %s",
          "%s < %s",
          "not %s == %s",
          "%s and %s",
          "%s or %s",
          "%s[1] + %s",
          "%s + %s with { k = 1 }",
          "%s until 90%% then %s",
          "if c then %s else %s",
          "%s + when validation stalls for %s");

  private static final String A_NAME = "variable.*|type|constant|property|function.*|boolean";

  /** What the colour of a word of each kind must be. */
  private static final Map<String, String> COLOURS =
      Map.ofEntries(
          Map.entry("RESERVED", "keyword.*"),
          Map.entry("CONTEXTUAL_WORD", "keyword.*"),
          Map.entry("CONTEXTUAL_NAME", A_NAME),
          Map.entry("CONTEXTUAL", "keyword.*|" + A_NAME),
          Map.entry("NAME", A_NAME),
          Map.entry("PRIMED", "variable.member"),
          Map.entry("NUMBER", "number"),
          Map.entry("TEXT", "string"),
          Map.entry("OPERATOR", "operator"),
          Map.entry("BRACKET", "punctuation.bracket"),
          Map.entry("SEPARATOR", "punctuation.delimiter"),
          Map.entry("COMMENT", "comment"),
          Map.entry("DOCUMENTATION", "comment.documentation"));

  /** The files that the compiler reads without a fault. */
  private final Map<ParsedFile, SyntaxFile> files = new LinkedHashMap<>();

  @BeforeAll
  void parse(@TempDir Path folder) throws Exception {
    for (String program : PROGRAMS) {
      assumeTrue(Programs.find(program).isPresent(), program + " is not installed here");
    }
    Files.copy(GRAMMAR.resolve("grammar.js"), folder.resolve("grammar.js"));
    Programs.output(
        new ProcessBuilder("tree-sitter", "generate", "--abi", "14").directory(folder.toFile()));
    Programs.output(
        new ProcessBuilder("cc", "-shared", "-fPIC", "-Isrc", "-o", "swax.so", "src/parser.c")
            .directory(folder.toFile()));
    List<ProjectFiles.Written> written = new ArrayList<>(ProjectFiles.all());
    written.addAll(drawn(folder));
    JsonNode read = read(folder, written);
    for (int i = 0; i < written.size(); i++) {
      ProjectFiles.Written file = written.get(i);
      var faults = new Diagnostics();
      SyntaxFile syntax = Parser.parse(new SourceFile(file.file(), file.text()), faults);
      if (!faults.hasErrors()) {
        files.put(ParsedFile.of(file, read.get(i)), syntax);
      }
    }
  }

  /** Files that mix every construct, as nobody writes them, and operators without parentheses. */
  private static List<ProjectFiles.Written> drawn(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int seed = 0; seed < DRAWN; seed++) {
      texts.add(RandomSource.file(new SplittableRandom(seed)));
    }
    for (String first : OPERATIONS) {
      for (String second : OPERATIONS) {
        texts.add("let n = " + first.formatted("a", second.formatted("b", "c")));
        texts.add("let n = " + second.formatted(first.formatted("a", "b"), "c"));
      }
    }
    List<ProjectFiles.Written> drawn = new ArrayList<>();
    for (String text : texts) {
      Path path = folder.resolve("drawn%d.swax".formatted(drawn.size()));
      Files.writeString(path, text);
      ProjectFiles.of(new SourceFile(path.toString(), text), false).ifPresent(drawn::add);
    }
    return drawn;
  }

  private static JsonNode read(Path folder, List<ProjectFiles.Written> written)
      throws IOException, InterruptedException {
    var json = new ObjectMapper();
    Path result = folder.resolve("result.json");
    var builder =
        new ProcessBuilder(
            "nvim",
            "--headless",
            "-u",
            "NONE",
            "-i",
            "NONE",
            "-c",
            "luafile " + ProjectFiles.ROOT.resolve("editors/neovim/test/tree.lua"),
            "-c",
            "cquit");
    Map<String, String> environment = builder.environment();
    environment.put("SWAX_PARSER", folder.resolve("swax.so").toString());
    environment.put("SWAX_QUERIES", GRAMMAR.resolve("queries").toString());
    environment.put(
        "SWAX_FILES",
        json.writeValueAsString(
            written.stream()
                .map(file -> ProjectFiles.ROOT.resolve(file.file()).toString())
                .toList()));
    environment.put("SWAX_RESULT", result.toString());
    String printed = Programs.output(builder);
    assertThat(result).as(printed).exists();
    return json.readTree(result.toFile());
  }

  @Test
  void everyPartOfTheSyntaxIsANode() throws ReflectiveOperationException {
    List<SyntaxPart> parts = new ArrayList<>();
    List<SyntaxPart> missing = new ArrayList<>();
    for (Map.Entry<ParsedFile, SyntaxFile> file : files.entrySet()) {
      List<SyntaxPart> written = SyntaxPart.of(file.getValue());
      parts.addAll(written);
      written.stream().filter(part -> !file.getKey().has(part)).forEach(missing::add);
    }
    assertThat(missing).isEmpty();
    assertThat(parts).hasSizeGreaterThan(10_000);
  }

  @Test
  void nothingIsWrongInAFileThatIsRight() {
    assertThat(files).hasSizeGreaterThan(DRAWN);
    assertThat(files.keySet()).flatExtracting(ParsedFile::wrong).isEmpty();
  }

  @Test
  void bodiesAreFolded() {
    assertThat(files.keySet())
        .filteredOn(file -> file.written().file().equals("examples/quickstart.swax"))
        .singleElement()
        .satisfies(file -> assertThat(file.folds()).isGreaterThan(3));
  }

  @Test
  void everyWordHasTheColourOfItsKind() {
    assertThat(files).hasSizeGreaterThan(DRAWN);
    assertThat(files.keySet()).flatExtracting(file -> file.miscoloured(COLOURS)).isEmpty();
  }
}
