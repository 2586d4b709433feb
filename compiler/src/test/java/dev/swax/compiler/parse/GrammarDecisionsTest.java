package dev.swax.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.source.SourceFile;
import dev.swax.grammar.SwaxParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.DecisionInfo;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written, the grammar decides every alternative on the next few words: never on all
 * that follows, never by trying with the whole context, never between two that both fit.
 */
class GrammarDecisionsTest {
  private static final int MOST_LOOK_AHEAD = 3;
  private static final int MUTATED = Integer.getInteger("swax.decisions", 3_000);
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));

  @Test
  void filesOfTheProjectAreDecidedOnThreeWords() {
    texts().forEach(text -> check(text, "as it is"));
  }

  @Test
  void mutatedFilesAreDecidedOnThreeWords() {
    List<String> texts = texts().stream().filter(text -> text.length() < 3000).toList();
    long seed = System.nanoTime();
    for (int at = 0; at < MUTATED; at++) {
      check(mutated(texts, new SplittableRandom(seed + at)), "seed " + (seed + at));
    }
  }

  /** Where a unit or a key could go on for ever. */
  @Test
  void longRowsOfNamesAreDecidedOnThreeWords() {
    for (String row : List.of(" . tok", ", tok", " per", " sample per", " tok step", " (", " [")) {
      check("let a = 5" + row.repeat(200), "expression of" + row);
      check("profile p { a = 5 tok" + row.repeat(200) + " = 3 }", "profile of" + row);
      check("cell c { a = 5 tok" + row.repeat(200) + " = 3 }", "cell of" + row);
      check("grid g { row a" + row.repeat(200) + " = 3 }", "grid of" + row);
    }
  }

  private static void check(String text, String what) {
    var reporter = new Reporter(new SourceFile("fuzz.swax", text));
    List<Token> code;
    try {
      code = Parser.code(Slips.mend(Parser.lex(reporter.file()), reporter), reporter);
    } catch (Beyond deep) {
      return;
    }
    SwaxParser parser = Parser.parser(code, reporter);
    parser.setProfile(true);
    try {
      parser.file();
    } catch (Beyond deep) {
      // What was decided so far counts.
    }
    for (DecisionInfo decision : parser.getParseInfo().getDecisionInfo()) {
      String rule =
          SwaxParser.ruleNames[parser.getATN().getDecisionState(decision.decision).ruleIndex];
      assertThat(Math.max(decision.SLL_MaxLook, decision.LL_MaxLook))
          .as("look-ahead of `%s`, %s:%n%s", rule, what, text)
          .isLessThanOrEqualTo(MOST_LOOK_AHEAD);
      assertThat(decision.LL_Fallback).as("context of `%s`, %s:%n%s", rule, what, text).isZero();
      assertThat(decision.ambiguities).as("`%s`, %s:%n%s", rule, what, text).isEmpty();
    }
  }

  /** Words left out, doubled, moved from another file; the end cut off. */
  private static String mutated(List<String> texts, SplittableRandom random) {
    List<String> words = words(texts.get(random.nextInt(texts.size())));
    for (int edit = random.nextInt(1, 5); edit > 0; edit--) {
      List<String> others = words(texts.get(random.nextInt(texts.size())));
      int at = random.nextInt(words.size());
      switch (random.nextInt(5)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(random.nextInt(words.size())));
        case 2 -> words.set(at, others.get(random.nextInt(others.size())));
        case 3 -> words.addAll(at, others.subList(0, random.nextInt(others.size())));
        default -> words.subList(at, words.size()).clear();
      }
      if (words.isEmpty()) {
        words.add("x");
      }
    }
    return String.join(" ", words);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Parser.lex(new SourceFile("sample.swax", text)).forEach(token -> words.add(token.getText()));
    words.removeIf(word -> word.startsWith("//") || word.equals("<EOF>"));
    return words.isEmpty() ? new ArrayList<>(List.of("x")) : words;
  }

  private static List<String> texts() {
    return Stream.of("examples", "stdlib/swax", "tests/golden")
        .flatMap(folder -> files(ROOT.resolve(folder)).stream())
        .toList();
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().endsWith(".swax") && Files.isRegularFile(path))
          .sorted()
          .map(GrammarDecisionsTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
