package dev.swax.runtime.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.evaluate.Selection.Range;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Texts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  private static final int[] WINDOW = {5};
  private static final Corpus TEXT = Texts.sums().validation();

  private BagProgram model;

  @BeforeEach
  void makeModel() {
    model = BagProgram.create(1, 1000);
    Initialization.initialize(model.parameters(), 3);
  }

  /** Sums are added in the order of each document's tokens, so not a bit differs. */
  @ParameterizedTest(name = "{0} tokens")
  @ValueSource(ints = {1, 3, 7, 100, 10_000})
  void theScoreDoesNotDependOnSegments(int time) {
    Score whole = new Evaluator(model).score(TEXT, WINDOW);
    assertThat(new Evaluator(model.resized(1, time)).score(TEXT, WINDOW)).isEqualTo(whole);
  }

  @Test
  void progressIsTold() {
    List<Long> told = new ArrayList<>();
    Score score = new Evaluator(model).score(TEXT, WINDOW, () -> false, told::add).orElseThrow();
    assertThat(told).hasSize((int) (score.tokens() / 64)).isNotEmpty().isSorted();
  }

  @Test
  void theScoreIsThatOfEachDocumentByItself() {
    double sum = 0;
    long tokens = 0;
    for (Document document : TEXT.documents()) {
      model.resetState();
      Batch batch = Batch.allocate(1, document.length());
      for (int t = 0; t < document.length(); t++) {
        batch.tokens()[t] = document.token(t);
        batch.targets()[t] = t + 1 < document.length() ? document.token(t + 1) : -1;
      }
      sum += model.evaluate(batch, WINDOW);
      tokens += document.length() - 1;
    }
    Score score = new Evaluator(model).score(TEXT, WINDOW);
    assertThat(score.tokens()).isEqualTo(tokens);
    assertThat(score.documents()).isEqualTo(8);
    // losses are rounded to float: half a unit in the last place of values under 16
    assertThat(score.loss()).isCloseTo(sum / tokens, within(16 * 0x1p-24));
    assertThat(score.perplexity()).isEqualTo(StrictMath.exp(score.loss()));
    assertThat(score.bits()).isCloseTo(score.loss() / 0.6931471805599453, within(1e-12));
  }

  /** Read to different ends, so the losses are equal but for their last bits. */
  @Test
  void placesOfATextAddUpToTheWhole() {
    Score whole = new Evaluator(model).score(TEXT, WINDOW);
    double sum = 0;
    long tokens = 0;
    long bytes = 0;
    for (Range range : List.of(new Range(0, 7), new Range(7, 8), new Range(8, 1L << 40))) {
      Score part = score(new Selection(range, null));
      sum += part.loss() * part.tokens();
      tokens += part.tokens();
      bytes += part.bytes();
    }
    assertThat(tokens).isEqualTo(whole.tokens());
    assertThat(bytes).isEqualTo(whole.bytes());
    assertThat(sum / tokens).isCloseTo(whole.loss(), within(1e-6));
    assertThat(score(new Selection(new Range(7, 8), null)).tokens())
        .as("one of each document that is long enough")
        .isEqualTo(TEXT.documents().stream().filter(d -> d.length() > 7).count());
  }

  @Test
  void onlyRepeatedNamesAreScored() {
    Corpus text =
        Texts.corpus(Texts.document("a", "name = other; name = 1"), Texts.document("b", "none"));
    Score far = score(text, new Selection(Range.ALL, new Range(14, 15)));
    assertThat(far.tokens()).isEqualTo(4);
    assertThat(far.documents()).isOne();
    assertThatThrownBy(() -> score(text, new Selection(Range.ALL, new Range(15, 99))))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "no token of the text is within `repeated: 15..99`; the longest of its 2 files has 22 tokens");
  }

  private Score score(Selection selection) {
    return score(TEXT, selection);
  }

  private Score score(Corpus text, Selection selection) {
    return new Evaluator(model).score(text, selection, WINDOW, () -> false, _ -> {}).orElseThrow();
  }

  @Test
  void theStandardErrorIsThatOfARatio() {
    // losses 1 on 2 tokens and 3 on 6: mean 4 / 8, deviations 0 and 0
    var even = Score.of(List.of(new Score.Part(1, 2, 2), new Score.Part(3, 6, 6)));
    assertThat(even.loss()).isEqualTo(0.5);
    assertThat(even.standardError()).isZero();
    // mean 0.5; deviations 1 and -1: sqrt(2 / 1 * 2) / 4
    var uneven = Score.of(List.of(new Score.Part(2, 2, 2), new Score.Part(0, 2, 2)));
    assertThat(uneven.standardError()).isEqualTo(0.5);
    assertThat(Score.of(List.of(new Score.Part(2, 2, 2))).standardError()).isNaN();
  }

  @Test
  void aWishToStopEndsIt() {
    int[] asked = {0};
    assertThat(new Evaluator(model.resized(1, 8)).score(TEXT, WINDOW, () -> asked[0]++ == 3))
        .isEmpty();
    assertThat(asked[0]).isEqualTo(4);
  }

  @Test
  void aLossThatIsNoNumberIsSaid() {
    model.parameters().get(2).value().set(TEXT.documents().getFirst().token(1), Float.NaN);
    assertThatThrownBy(() -> new Evaluator(model).score(TEXT, WINDOW))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the model's loss on `")
        .hasMessageEndingWith("` is NaN");
  }

  @Test
  void nothingToPredictIsSaid() {
    var text = Texts.corpus(Texts.document("a", "x"));
    assertThatThrownBy(() -> new Evaluator(model).score(text, WINDOW))
        .isInstanceOf(UserError.class)
        .hasMessage("the text to evaluate has nothing to predict: no file has more than one token");
  }
}
