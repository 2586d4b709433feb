package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.testing.Runs;
import org.junit.jupiter.api.Test;

class RecipeTest {
  @Test
  void sizesMustFit() {
    fails("the run has 0 steps, but at least 1 is needed", 16, 64, 2, 0);
    fails("the run has 0 tokens in a sequence, but at least 1 is needed", 0, 64, 2, 1);
    fails("a batch of 65 tokens is not a whole number of sequences of 16 tokens", 16, 65, 2, 1);
    fails("a batch of 4 sequences is not a whole number of micro-batches of 3", 16, 64, 3, 1);
  }

  @Test
  void everyValueIsOnOneLine() {
    var lines = Runs.recipe().describe();
    assertThat(lines).containsEntry("train.batch", "64 tok").containsEntry("train.seed", "1");
    assertThat(lines.values()).noneMatch(value -> value.contains("\n"));
  }

  private static void fails(String message, int sequence, int batch, int micro, long steps) {
    assertThatThrownBy(() -> recipe(sequence, batch, micro, steps))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private static Recipe recipe(int sequence, int batch, int micro, long steps) {
    Recipe r = Runs.recipe();
    return new Recipe(
        Batches.of(sequence, batch, micro),
        steps,
        r.seed(),
        r.rate(),
        r.optimizer(),
        r.zLoss(),
        r.windows(),
        r.testWindows(),
        r.borders(),
        r.validating(),
        r.saving(),
        r.sample(),
        r.weights());
  }
}
