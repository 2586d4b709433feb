package dev.swax.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever a file says, analysis ends, throws nothing and points into the file. */
class AnalyzerFuzzTest {
  private static final int ROUNDS = 1500;
  private static final Path ROOT = Path.of(System.getProperty("swax.root"));

  @Test
  void mutatedFilesAreAnalyzedWithoutAnException() throws IOException {
    long seed = 20_250_927;
    List<String> texts = texts();
    List<String> words = words(texts);
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("std/windows", Files.readString(ROOT.resolve("stdlib/swax/std/windows.swax")));
    files.put("std/cells", "cell mlstm(heads = 4) { state S: [1] }");
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String text = texts.get(random.nextInt(texts.size()));
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        text = mutate(text, words, random);
      }
      check(text, files, "seed %d, round %d:%n%s".formatted(seed, round, text));
    }
  }

  private static void check(String text, SequencedMap<String, String> files, String label) {
    Analyzed analyzed;
    try {
      analyzed =
          Assertions.assertTimeout(
              Duration.ofSeconds(20), () -> Analyzed.of(text, Options.none(), files));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(label, e);
    }
    for (Diagnostic diagnostic : analyzed.diagnostics().all()) {
      int length = diagnostic.span().file().text().length();
      assertThat(diagnostic.message()).as(label).isNotBlank().doesNotContain("dev.swax", "null");
      assertThat(diagnostic.span().start()).as(label).isBetween(0, length);
      assertThat(diagnostic.span().end()).as(label).isBetween(diagnostic.span().start(), length);
    }
  }

  private static String mutate(String text, List<String> words, SplittableRandom random) {
    int at = random.nextInt(text.length());
    String word = words.get(random.nextInt(words.size()));
    List<String> own = words(List.of(text));
    String from = own.get(random.nextInt(own.size()));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at) + " " + word + " " + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1));
      case 2 -> text.replace(from, word);
      case 3 -> text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(word));
      default -> text + "\nlet x" + at + " = " + from + " * " + word + "\n";
    };
  }

  private static List<String> texts() throws IOException {
    try (Stream<Path> paths = Files.walk(ROOT.resolve("tests/golden"))) {
      List<Path> golden = paths.filter(path -> path.toString().endsWith(".swax")).sorted().toList();
      List<Path> all =
          Stream.concat(
                  golden.stream(),
                  Stream.of(
                      ROOT.resolve("stdlib/swax/std/models.swax"),
                      ROOT.resolve("stdlib/swax/std/windows.swax"),
                      ROOT.resolve("examples/paper/models.swax")))
              .toList();
      return all.stream().map(AnalyzerFuzzTest::read).filter(text -> !text.isBlank()).toList();
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      return "";
    }
  }

  /** Names, numbers and signs: what mutations are made of. */
  private static List<String> words(List<String> texts) {
    return Stream.concat(
            texts.stream().flatMap(text -> Stream.of(text.split("\\s+|(?<=[(\\[{,:)\\]}])"))),
            Stream.of(
                "0",
                "-1",
                "1e400",
                "0.5",
                "9999999999",
                "3 tok",
                "2k step",
                "90%",
                "none",
                "[]",
                "1/0",
                "2^4000",
                "cycle([], 3)",
                "0..70000",
                "width",
                "blocks",
                "\"text\""))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
