package dev.swax.runtime.task.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void aTextIsItsSentencesOverAndOver() {
    Sentences text = Sentences.of("a.txt", List.of("It  was\nlate. Nobody came! ", "Why not?"), 0);
    assertThat(text.starts()).isEqualTo(3);
    assertThat(List.of(text.sentence(0), text.sentence(1), text.sentence(2), text.sentence(3)))
        .containsExactly("It was late.", "Nobody came!", "Why not?", "It was late.");
  }

  @Test
  void shortSentencesCanBeLeftOut() {
    Sentences text = Sentences.of("a.txt", List.of("No. But this one is long enough."), 10);
    assertThat(text.sentence(0)).isEqualTo("But this one is long enough.");
    assertThatThrownBy(() -> Sentences.of("a.txt", List.of("No. Yes."), 10))
        .isInstanceOf(UserError.class)
        .hasMessage("the background text `a.txt` has no sentence of 10 characters or more");
  }

  @Test
  void itsDescriptionChangesWithItsText() {
    String one = Sentences.of("a.txt", List.of("It was late."), 0).describe();
    assertThat(one).startsWith("\"a.txt\" (sha256 ");
    assertThat(Sentences.of("a.txt", List.of("It was late!"), 0).describe()).isNotEqualTo(one);
  }
}
