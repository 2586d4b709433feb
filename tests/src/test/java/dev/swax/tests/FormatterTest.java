package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.format.Formatter;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.syntax.SyntaxPrinter;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Formatting keeps the syntax tree and every comment, and formatting twice changes nothing. */
class FormatterTest {
  private static final int FILES = 1500;
  private static final Pattern NOTE = Pattern.compile("// (?:note|own line)");

  @Test
  void filesOfTheProjectKeepTheirMeaning() {
    List<Path> files =
        Stream.of("examples", "stdlib", "tests/golden/syntax", "tests/golden/format")
            .flatMap(folder -> Golden.files(Golden.root().resolve(folder), ".swax").stream())
            .filter(file -> !file.toString().contains("/target/"))
            .toList();
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      check(file.toString(), Golden.read(file));
    }
  }

  @Test
  void randomFilesKeepTheirMeaningAndTheirComments() {
    long seed = System.nanoTime();
    for (int at = 0; at < FILES; at++) {
      String text = RandomSource.file(new SplittableRandom(seed + at));
      String formatted = check("seed " + (seed + at), text);
      assertThat(notes(formatted)).as("seed %d: comments", seed + at).isEqualTo(notes(text));
    }
  }

  /** Between different operators they stay, once; between the same only where they are needed. */
  @Test
  void parenthesesBetweenDifferentOperatorsStay() {
    long seed = System.nanoTime();
    for (int at = 0; at < FILES; at++) {
      var sum = RandomOperation.of(new SplittableRandom(seed + at), 3);
      String formatted = check("seed " + (seed + at), "let x = " + sum.written());
      assertThat(formatted.replaceAll("\\s+", " "))
          .as("seed %d: %s", seed + at, sum.written())
          .isEqualTo("let x = " + sum.expected() + " ");
    }
  }

  private static String check(String what, String text) {
    SyntaxFile file = parse(what, text);
    String formatted = Formatter.format(file);
    SyntaxFile again = parse(what + ", formatted", formatted);
    assertThat(SyntaxPrinter.print(again)).as(what).isEqualTo(SyntaxPrinter.print(file));
    assertThat(Formatter.format(again)).as(what + ", formatted twice").isEqualTo(formatted);
    assertThat(formatted).as(what).doesNotContain(" \n", "\n\n\n", "\t");
    return formatted;
  }

  private static long notes(String text) {
    Matcher matcher = NOTE.matcher(text);
    return matcher.results().count();
  }

  private static SyntaxFile parse(String what, String text) {
    var diagnostics = new Diagnostics();
    SyntaxFile file = Parser.parse(new SourceFile("random.swax", text), diagnostics);
    assertThat(DiagnosticRenderer.render(diagnostics.all())).as("%s:%n%s", what, text).isEmpty();
    return file;
  }
}
