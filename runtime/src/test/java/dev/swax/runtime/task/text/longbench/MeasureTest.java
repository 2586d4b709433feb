package dev.swax.runtime.task.text.longbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private static final List<String> CLASSES = List.of("Human", "Number", "Number of people");

  @Test
  void wordsCountWithTheirMultiplicity() {
    assertThat(Measure.QA_F1.score("the red red fox", "red fox fox", CLASSES))
        .isCloseTo(2.0 * 2 / (3 + 3), within(1e-12));
    assertThat(Measure.QA_F1.score("", "red", CLASSES)).isZero();
    assertThat(Measure.QA_F1.score("A red fox.", "red fox", CLASSES)).isEqualTo(1);
  }

  @Test
  void classesThatArePartOfTheRightOneDoNotCount() {
    assertThat(Measure.CLASSIFICATION.score("Number of people", "Number of people", CLASSES))
        .isEqualTo(1);
    assertThat(Measure.CLASSIFICATION.score("Human Number", "Human", CLASSES)).isEqualTo(0.5);
    assertThat(Measure.CLASSIFICATION.score("Number", "Human", CLASSES)).isZero();
  }

  @Test
  void numbersShareTheScore() {
    assertThat(Measure.RETRIEVAL.score("Paragraph 3 or 4", "Paragraph 3", CLASSES)).isEqualTo(0.5);
    assertThat(Measure.RETRIEVAL.score("none", "Paragraph 3", CLASSES)).isZero();
    assertThat(Measure.COUNT.score("7, yes 7", "7", CLASSES)).isEqualTo(1);
    assertThat(Measure.COUNT.score("17", "7", CLASSES)).isZero();
  }

  @Test
  void rougeCountsDifferentWordsOfCommonSubsequences() {
    // Common words: the cat sat (3) of 4 predicted and 5 wanted.
    assertThat(Measure.ROUGE_L.score("the cat sat down", "the cat sat on it", CLASSES))
        .isCloseTo(2 * 0.75 * 0.6 / (0.75 + 0.6), within(1e-7));
    assertThat(Measure.ROUGE_L.score("b a", "a b", CLASSES)).isCloseTo(0.5, within(1e-7));
    // Words of both reference sentences are found in the one predicted.
    assertThat(Measure.ROUGE_L.score("a b c", "a b. c", CLASSES)).isCloseTo(1, within(1e-7));
    assertThat(Measure.ROUGE_L.score("", "a", CLASSES)).isZero();
  }

  @Test
  void codeIsComparedByItsFirstLineOfCode() {
    assertThat(Measure.CODE.score("# note\nx = 1\ny = 2", "x = 1", CLASSES)).isEqualTo(1);
    // abcd and abxd share a, b, d: 2 * 3 / 8.
    assertThat(Measure.CODE.score("abcd", "abxd", CLASSES)).isEqualTo(0.75);
  }

  @Test
  void theIndentationOfCodeCounts() {
    assertThat(Measure.CODE.score("\n\n    return x\n", "    return x", CLASSES)).isEqualTo(1);
    // The four blanks are missing: 2 * 8 / (8 + 12).
    assertThat(Measure.CODE.score("return x", "    return x", CLASSES)).isEqualTo(0.8);
    assertThat(Measure.CODE.score("    // why\n\tx()", "\tx()", CLASSES)).isEqualTo(1);
    assertThat(Measure.CODE.score("```\n# only this", "x()", CLASSES)).isZero();
  }

  @Test
  void theLetterIsTakenFromTheWordsAskedFor() {
    assertThat(ChoiceLetter.find("The correct answer is (B).")).hasValue("B");
    assertThat(ChoiceLetter.find("**The correct answer is C**")).hasValue("C");
    assertThat(ChoiceLetter.find("I think (B)")).isEmpty();
    assertThat(ChoiceLetter.find("The correct answer is Bath")).isEmpty();
  }

  @Test
  void theMiddleIsCut() {
    int[] tokens = {1, 2, 3, 4, 5, 6, 7};
    assertThat(Middle.cut(tokens, 4)).containsExactly(1, 2, 6, 7);
    assertThat(Middle.cut(tokens, 5)).containsExactly(1, 2, 5, 6, 7);
    assertThat(Middle.cut(tokens, 7)).isSameAs(tokens);
  }
}
