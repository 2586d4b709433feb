package dev.swax.runtime.task.copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.Example;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyingTest {
  private static final int EXAMPLES = 2000;

  @Test
  void theItemsComeFirstWhereTheyAreNotSpread() {
    Example example = new Copying(9, 3, 8, false).example(7, 0);
    int[] tokens = example.tokens();
    assertThat(Arrays.stream(tokens, 0, 3)).allMatch(token -> token >= 1 && token <= 6);
    assertThat(Arrays.copyOfRange(tokens, 3, 9)).containsExactly(0, 0, 0, 7, 7, 7);
    assertThat(example.targets())
        .containsExactly(-1, -1, -1, -1, -1, -1, tokens[0], tokens[1], tokens[2]);
    assertThat(example.distances()).containsExactly(0, 0, 0, 0, 0, 0, 6, 6, 6);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "12, 6", "64, 16", "257, 3"})
  void marksAskForTheItemsInTheirOrder(int length, int items) {
    Copying task = new Copying(length, items, 16, true);
    for (int index = 0; index < 50; index++) {
      Example example = task.example(3, index);
      int[] tokens = example.tokens();
      int marks = length - items;
      assertThat(Arrays.stream(tokens, 0, marks).filter(token -> token != 0).toArray())
          .isEqualTo(Arrays.copyOfRange(example.targets(), marks, length));
      assertThat(Arrays.copyOfRange(tokens, marks, length)).containsOnly(15);
      for (int t = marks; t < length; t++) {
        assertThat(tokens[t - example.distances()[t]]).isEqualTo(example.targets()[t]);
      }
    }
  }

  /** Each place has an item equally often, and each item is equally likely. */
  @Test
  void placesAndItemsAreUniform() {
    Copying task = new Copying(10, 2, 6, true);
    int[] places = new int[8];
    int[] tokens = new int[6];
    for (int index = 0; index < EXAMPLES; index++) {
      Example example = task.example(1, index);
      for (int t = 0; t < places.length; t++) {
        places[t] += example.tokens()[t] == 0 ? 0 : 1;
        tokens[example.tokens()[t]]++;
      }
    }
    double deviation = Math.sqrt(EXAMPLES / 4.0 * 3 / 4);
    for (int place : places) {
      assertThat((double) place).isCloseTo(EXAMPLES / 4.0, within(5 * deviation));
    }
    assertThat(tokens[5]).isZero();
    for (int token = 1; token < 5; token++) {
      assertThat((double) tokens[token]).isCloseTo(EXAMPLES / 2.0, within(0.1 * EXAMPLES));
    }
  }

  @Test
  void anExampleIsAFunctionOfSeedAndIndex() {
    Copying task = new Copying(64, 8, 16, true);
    assertThat(task.example(1, 5).tokens()).isEqualTo(task.example(1, 5).tokens());
    assertThat(task.example(1, 5).tokens()).isNotEqualTo(task.example(1, 6).tokens());
    assertThat(task.example(1, 5).tokens()).isNotEqualTo(task.example(2, 5).tokens());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new Copying(31, 16, 16, true))
        .isInstanceOf(UserError.class)
        .hasMessage("16 items and as many marks need 32 tokens, but `length` is 31");
    assertThatThrownBy(() -> new Copying(32, 16, 2, true))
        .isInstanceOf(UserError.class)
        .hasMessage("a blank, a mark and an item are 3 tokens, but `vocab` is 2");
    assertThat(new Copying(32, 16, 3, true).atLength(64).describe())
        .isEqualTo("copying(length: 64, items: 16, vocab: 3, selective: true)");
  }
}
