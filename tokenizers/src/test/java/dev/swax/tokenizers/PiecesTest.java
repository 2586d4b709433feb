package dev.swax.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A long text in pieces has the tokens that it has whole. */
class PiecesTest {
  private static final String TEXT =
      "The boats come home.\nA boat\nthat comes home  is counted\n\n\n twice;\nà l'aube 😀\nWhere\nfrom?\n"
          .repeat(5);

  static List<String> kinds() {
    return HfTokenizersTest.KINDS;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void tokensAreThoseOfTheWhole(String name) {
    HfTokenizer tokenizer = HfTokenizersTest.open(name, false);
    List<String> parts = new ArrayList<>();
    Function<String, int[]> told =
        text -> {
          parts.add(text);
          return tokenizer.encode(text);
        };
    for (int most = 20; most < TEXT.length(); most += 17) {
      int longest = most;
      parts.clear();
      assertThat(new Pieces(told, longest).encode(TEXT)).containsExactly(tokenizer.encode(TEXT));
      assertThat(parts).allMatch(part -> part.length() < longest + 80);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatHasNoPlaceToCutStaysWhole(String name) {
    HfTokenizer tokenizer = HfTokenizersTest.open(name, false);
    String text = ".".repeat(100);
    assertThat(new Pieces(tokenizer::encode, 10).encode(text))
        .containsExactly(tokenizer.encode(text));
  }
}
