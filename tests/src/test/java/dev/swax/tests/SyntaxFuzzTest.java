package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DiagnosticJson;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.format.Formatter;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.compiler.syntax.SyntaxPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, the answer is a tree or a message in the user's words. */
class SyntaxFuzzTest {
  private static final int MUTATED = 4000;
  private static final int RANDOM = 2000;

  /** Words of the parser generator, of Java and of compilers, which no message may use. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(?i)antlr|exception|org\\.|java|extraneous|mismatched|viable|<EOF>|token|parser|lexer"
              + "|[A-Z]{2,}_[A-Z]+|\\bnull\\b|illegal|invalid|Context\\b|@[0-9a-f]{5,}");

  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "=",
          "==",
          ":",
          ",",
          ".",
          "..",
          "%",
          "\"",
          "'",
          "#",
          "//",
          "///",
          "/*",
          "@",
          "let ",
          "model ",
          "if ",
          "then ",
          "for ",
          "with ",
          "until ",
          "sample ",
          "\n",
          "\t",
          "1e9",
          "128K",
          "é",
          "\u202e",
          "\ud83d\ude00",
          "\u0000",
          ";",
          "|",
          "S'");

  @Test
  void mutatedFilesNeverEscape() {
    List<String> samples =
        Golden.files(Golden.folder(""), ".swax").stream()
            .map(SyntaxFuzzTest::text)
            .filter(text -> text.length() < 5000)
            .toList();
    long seed = System.nanoTime();
    for (int at = 0; at < MUTATED; at++) {
      var random = new SplittableRandom(seed + at);
      check(seed + at, mutated(samples.get(random.nextInt(samples.size())), random));
    }
  }

  @Test
  void randomBytesNeverEscape() {
    long seed = System.nanoTime();
    for (int at = 0; at < RANDOM; at++) {
      var random = new SplittableRandom(seed + at);
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      switch (SourceReader.decode(bytes, "random.swax")) {
        case SourceReader.Read(SourceFile file) -> check(seed + at, file.text());
        case SourceReader.Refused(String message, String help) -> {
          assertThat(message).doesNotContainPattern(FORBIDDEN);
          assertThat(help).isNotNull();
        }
      }
      check(seed + at, new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void randomPiecesNeverEscape() {
    long seed = System.nanoTime();
    for (int at = 0; at < RANDOM; at++) {
      var random = new SplittableRandom(seed + at);
      var text = new StringBuilder();
      int count = random.nextInt(60);
      for (int piece = 0; piece < count; piece++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())))
            .append(random.nextBoolean() ? " a" : "");
      }
      check(seed + at, text.toString());
    }
  }

  private static void check(long seed, String text) {
    var file = new SourceFile("fuzz.swax", text);
    var diagnostics = new Diagnostics();
    try {
      SyntaxFile syntax = Parser.parse(file, diagnostics);
      SyntaxPrinter.print(syntax);
      DiagnosticJson.render(diagnostics.all());
      DiagnosticRenderer.render(diagnostics.all());
      if (!diagnostics.hasErrors()) {
        Formatter.format(syntax);
      }
    } catch (RuntimeException | Error escaped) {
      fail("seed " + seed + ", for the text:\n" + text, escaped);
    }
    for (Diagnostic diagnostic : diagnostics.all()) {
      checkMessage(seed, text, diagnostic);
    }
  }

  /** What a message quotes is the user's own and may be anything. */
  private static void checkMessage(long seed, String text, Diagnostic diagnostic) {
    String help = diagnostic.help() == null ? "" : diagnostic.help();
    String said = (diagnostic.message() + " " + help).replaceAll("`[^`]*`", "");
    if (!text.contains("`")) {
      assertThat(said)
          .as("seed %d, for the text:%n%s", seed, text)
          .doesNotContainPattern(FORBIDDEN);
    }
    assertThat(diagnostic.span().start()).isBetween(0, text.length());
    assertThat(diagnostic.span().end()).isBetween(diagnostic.span().start(), text.length());
  }

  private static String mutated(String sample, SplittableRandom random) {
    var text = new StringBuilder(sample);
    int edits = 1 + random.nextInt(4);
    for (int edit = 0; edit < edits; edit++) {
      int at = random.nextInt(text.length() + 1);
      int length = Math.min(random.nextInt(20), text.length() - at);
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.insert(at, text.substring(at, at + length));
        default -> {
          if (at < text.length()) {
            text.setCharAt(at, (char) (32 + random.nextInt(95)));
          }
        }
      }
    }
    return text.toString();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
