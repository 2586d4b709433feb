package dev.swax.runtime.task.text.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizedTest {
  @Test
  void caseArticlesPunctuationAndBlanksDoNotCount() {
    assertThat(Normalized.text(" The  Beatles!")).isEqualTo("beatles");
    assertThat(Normalized.text("an apple, a day")).isEqualTo("apple day");
    assertThat(Normalized.text("theatre")).isEqualTo("theatre");
    assertThat(Normalized.text("U.S.A.")).isEqualTo("usa");
  }

  @Test
  void anyReferenceWillDo() {
    assertThat(Normalized.isAny(" the sea", List.of("ocean", "Sea"))).isTrue();
    assertThat(Normalized.isAny(" the sea side", List.of("ocean", "Sea"))).isFalse();
    assertThat(Normalized.isAny("", List.of("ocean"))).isFalse();
  }
}
