package dev.swax.runtime.token.characters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokens;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CharacterTokenizerTest {
  private static final CharacterTokenizer SMALL = CharacterTokenizer.of("b\naé😀");

  @Test
  void tokensAreInTheOrderOfTheCharacters() {
    assertThat(SMALL.vocabulary()).isEqualTo(5);
    assertThat(SMALL.encode("\nabé😀")).containsExactly(0, 1, 2, 3, 4);
    assertThat(CharacterTokenizer.of("😀éab\n").describe())
        .isEqualTo(SMALL.describe())
        .isEqualTo("characters(\"\\nabé😀\")");
  }

  @Test
  void textComesBackAsItWas() {
    String text = "aé😀\nbb";
    Tokens tokens = SMALL.encode(text.getBytes(StandardCharsets.UTF_8));
    assertThat(tokens.length()).isEqualTo(6);
    assertThat(SMALL.decode(tokens)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(SMALL.decode(SMALL.encode(text))).isEqualTo(text);
    assertThat(SMALL.size(Tokens.of(new int[] {4}, 5))).isEqualTo(4);
  }

  @Test
  void whatIsMissingIsNamedAtOnce() {
    assertThatThrownBy(() -> SMALL.encode("ab\naxa\u0007y\"x"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "`characters` lacks `x` (U+0078), which stands on line 2 of the text,"
                + " and 3 more of its characters")
        .extracting(error -> ((UserError) error).help())
        .isEqualTo("add \"\u0007\\\"xy\" to `characters`, or take another text");
    assertThatThrownBy(() -> SMALL.encode("a b"))
        .hasMessage("`characters` lacks U+0020, which stands on line 1 of the text");
    assertThatThrownBy(() -> SMALL.encode("ж")).hasMessageContaining("`ж` (U+0436)");
  }

  @Test
  void charactersThatCannotBe() {
    assertThatThrownBy(() -> CharacterTokenizer.of(""))
        .isInstanceOf(UserError.class)
        .hasMessage("`characters` has none, but every character of the text is needed");
    assertThatThrownBy(() -> CharacterTokenizer.of("abca"))
        .hasMessage("`characters` has `a` (U+0061) twice");
    assertThatThrownBy(() -> CharacterTokenizer.of("a\ud83d"))
        .hasMessage("`characters` has half of one, U+D83D");
  }
}
