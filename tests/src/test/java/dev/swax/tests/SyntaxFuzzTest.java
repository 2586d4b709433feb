package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, the answer is a tree or a message in the user's words. */
class SyntaxFuzzTest {
  private static final int RANDOM = 2000;

  static final List<String> PIECES =
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
  void randomBytesNeverEscape() {
    long seed = System.nanoTime();
    for (int at = 0; at < RANDOM; at++) {
      var random = new SplittableRandom(seed + at);
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      switch (SourceReader.decode(bytes, "random.swax")) {
        case SourceReader.Read(SourceFile file) -> check(seed + at, file.text());
        case SourceReader.Refused(String message, String help) -> {
          assertThat(message).doesNotContainPattern(FuzzedFile.FORBIDDEN);
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
    FuzzedFile.check("seed " + seed, text);
  }
}
