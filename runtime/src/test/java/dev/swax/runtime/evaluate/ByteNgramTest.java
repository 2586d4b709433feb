package dev.swax.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.testing.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteNgramTest {
  @Test
  void probabilitiesOfEveryContextSumToOne() {
    ByteNgram model = ByteNgram.train(Texts.sums().training());
    for (int[] context : new int[][] {{'1', ' '}, {'+', ' '}, {'z', ' '}, {'z', 'z'}, {0, 255}}) {
      double trigrams = 0;
      double bigrams = 0;
      for (int c = 0; c < 256; c++) {
        trigrams += model.trigram(context[0], context[1], c);
        bigrams += model.bigram(context[1], c);
      }
      assertThat(trigrams).isCloseTo(1, within(256 * 0x1p-52));
      assertThat(bigrams).isCloseTo(1, within(256 * 0x1p-52));
    }
  }

  @Test
  void countsAreThoseOfAWorkedExample() {
    // "abab": nothing to tune on, so both discounts are a half
    ByteNgram model = ByteNgram.train(Texts.corpus(Texts.document("x", "abab")));
    assertThat(List.of(model.trigramDiscount(), model.bigramDiscount())).containsOnly(0.5);
    double p1 = 15.0 / 16 * 2 / 4 + 1.0 / 16 / 256; // a: twice of four
    double p2 = (1 - 0.5) / 1 + 0.5 * 1 / 1 * p1; // b a: once of once
    double p3 = (1 - 0.5) / 1 + 0.5 * 1 / 1 * p2; // a b a: once of once
    assertThat(model.bigram('b', 'a')).isCloseTo(p2, within(1e-15));
    assertThat(model.trigram('a', 'b', 'a')).isCloseTo(p3, within(1e-15));
    assertThat(model.trigram('b', 'b', 'a')).isCloseTo(p2, within(1e-15));
    assertThat(model.bigram('z', 'a')).isCloseTo(1.0 / 256, within(1e-15));
  }

  @Test
  void theScoreIsOfTheTokensThatAModelIsScoredOn() {
    ByteNgram model = ByteNgram.train(Texts.sums().training());
    Score score = model.score(Texts.corpus(Texts.document("x", "1 +")));
    double expected = -Math.log(model.bigram('1', ' ')) - Math.log(model.trigram('1', ' ', '+'));
    assertThat(score.tokens()).isEqualTo(2);
    assertThat(score.loss()).isCloseTo(expected / 2, within(1e-12));
  }

  @Test
  void textOfBytesThatWereNeverSeenIsNoWorseThanGuessing() {
    ByteNgram model = ByteNgram.train(Texts.sums().training());
    Score score = model.score(Texts.corpus(Texts.document("x", "αβγδε")));
    assertThat(score.perplexity()).isCloseTo(256, within(1e-9));
    Score mixed = model.score(Texts.corpus(Texts.document("x", "1 + é = é")));
    assertThat(mixed.perplexity()).isLessThan(256);
  }

  /** Knowing two bytes of "12 + 34 = 46" leaves about ten choices at digits, one elsewhere. */
  @Test
  void itFindsTheStructureOfAText() {
    ByteNgram model = ByteNgram.train(Texts.sums().training());
    double perplexity = model.score(Texts.sums().validation()).perplexity();
    assertThat(perplexity).isBetween(2.0, 6.0);
  }
}
