package dev.swax.runtime.task.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StringMatchTest {
  @Test
  void partsOfTheReferencesCountAsParts() {
    List<String> references = List.of("1234567", "7654321", "1111111", "2222222");
    assertThat(StringMatch.all(" 7654321, 1234567, and 9999999", references)).isEqualTo(0.5);
    assertThat(StringMatch.all("", references)).isZero();
    assertThat(StringMatch.all("1234567765432111111112222222", references)).isEqualTo(1);
  }

  @Test
  void letterCaseDoesNotMatter() {
    assertThat(StringMatch.all("ABCD-12", List.of("abcd-12"))).isEqualTo(1);
    assertThat(StringMatch.all("abcd-12", List.of("ABCD-12"))).isEqualTo(1);
  }

  @Test
  void aControlCharacterDividesAnAnswer() {
    assertThat(StringMatch.all("12\u000134", List.of("1234"))).isZero();
    assertThat(StringMatch.all("12\u000134", List.of("12", "34"))).isEqualTo(1);
  }
}
