package dev.swax.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedNamesTest {

  @Test
  void everyTokenOfANameThatStoodBeforeHasTheDistance() {
    assertThat(inBytes("size, sizes; size")).isEqualTo("0 ".repeat(13) + "13 13 13 13");
  }

  @Test
  void theDistanceIsThatOfTheLastOne() {
    assertThat(inBytes("abcd abcd  abcd")).isEqualTo("0 0 0 0 0 5 5 5 5 0 0 6 6 6 6");
  }

  @Test
  void whatIsShortOrBeginsWithADigitIsNoName() {
    assertThat(inBytes("abc abc 1234 1234 a_1b a_1b")).isEqualTo("0 ".repeat(23) + "5 5 5 5");
  }

  /** A name in a longer one is not that name. */
  @Test
  void namesAreWhole() {
    assertThat(inBytes("word sword words")).isEqualTo("0 ".repeat(15) + "0");
  }

  @Test
  void lettersOfAnyAlphabetAreLetters() {
    // é is two bytes, and a letter with the second of them
    assertThat(inBytes("étés étés")).isEqualTo("0 0 0 0 0 0 0 0 7 7 7 7 7");
  }

  /** Also to one that begins or ends with what is no part of the name. */
  @Test
  void tokensOfSeveralCharactersBelongToTheNamesInThem() {
    List<String> tokens = List.of("size", " =", " si", "ze", "+si", "ze;");
    assertThat(distances(tokens)).isEqualTo("0 0 2 2 2 2");
  }

  @Test
  void aTokenOfTwoNamesBelongsToTheFirstThatIsNotNew() {
    List<String> tokens = List.of("left", " ", "right", " ", "left.right", "!");
    assertThat(distances(tokens)).isEqualTo("0 0 0 0 4 0");
  }

  private static String inBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return joined(RepeatedNames.distances(Tokens.ofBytes(bytes), ByteTokenizer.BYTES));
  }

  private static String distances(List<String> tokens) {
    int[] numbers = new int[tokens.size()];
    Arrays.setAll(numbers, i -> i);
    Tokenizer tokenizer = new Words(tokens);
    return joined(RepeatedNames.distances(Tokens.of(numbers, numbers.length), tokenizer));
  }

  private static String joined(int[] distances) {
    return String.join(" ", Arrays.stream(distances).mapToObj(String::valueOf).toList());
  }

  /** Token n is the n-th text. */
  private record Words(List<String> texts) implements Tokenizer {
    @Override
    public String describe() {
      return "words";
    }

    @Override
    public String unit() {
      return "words";
    }

    @Override
    public int vocabulary() {
      return texts.size();
    }

    @Override
    public int[] encode(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TextDecoder decoder() {
      return TextDecoder.of(token -> texts.get(token).getBytes(StandardCharsets.UTF_8));
    }
  }
}
