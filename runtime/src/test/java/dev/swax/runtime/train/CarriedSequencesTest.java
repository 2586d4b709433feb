package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.testing.Texts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each sequence behind another one. */
class CarriedSequencesTest {
  private static final TrainingData TEXT = new TrainingText(Texts.sums());

  @Test
  void aSequenceIsTheSameWhereverItIsComputed() {
    Recipe recipe = carrying(0.5);
    List<String> all = rows(recipe, 0, 12);
    assertThat(rows(recipe, 4, 8)).isEqualTo(all.subList(4, 12));
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void someTakeTheStateOverAndNoneIsPredictedBefore() {
    Recipe recipe = carrying(0.5);
    Batch batch = Batch.allocate(recipe.microBatch(), recipe.read(), recipe.lead());
    Sequences sequences = CarriedSequences.of(TEXT, recipe);
    int carried = 0;
    for (int i = 0; i < 200; i++) {
      int targets = sequences.next(batch);
      for (int row = 0; row < batch.batch(); row++) {
        int first = row * batch.time() + batch.lead();
        carried += batch.documentStarts()[first] ? 0 : 1;
        for (int t = first - batch.lead(); t < first; t++) {
          assertThat(batch.targets()[t]).isEqualTo(-1);
        }
      }
      assertThat(targets).isPositive();
    }
    assertThat(carried).isBetween(160, 240);
  }

  @Test
  void withoutItSequencesAreAsTheyWere() {
    assertThat(CarriedSequences.of(TEXT, carrying(0))).isNotInstanceOf(CarriedSequences.class);
  }

  private static List<String> rows(Recipe recipe, long from, int count) {
    Sequences sequences = CarriedSequences.of(TEXT, recipe);
    sequences.seek(from);
    Batch batch = Batch.allocate(recipe.microBatch(), recipe.read(), recipe.lead());
    List<String> rows = new ArrayList<>();
    while (rows.size() < count) {
      sequences.next(batch);
      for (int row = 0; row < batch.batch(); row++) {
        StringBuilder text = new StringBuilder();
        for (int t = row * batch.time(); t < (row + 1) * batch.time(); t++) {
          text.append(batch.tokens()[t]).append(batch.documentStarts()[t] ? "| " : " ");
        }
        rows.add(text.toString());
      }
    }
    return rows;
  }

  private static Recipe carrying(double share) {
    Recipe plain = Runs.recipe();
    return new Recipe(
        plain.batches(),
        plain.steps(),
        plain.seed(),
        plain.rate(),
        plain.optimizer(),
        plain.zLoss(),
        plain.windows(),
        plain.testWindows(),
        DocumentBorders.IGNORE,
        plain.validating(),
        plain.saving(),
        plain.sample(),
        null,
        share,
        Recompute.NONE,
        null);
  }
}
