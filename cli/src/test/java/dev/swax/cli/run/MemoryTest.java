package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that does not fit is refused, with what does. */
class MemoryTest {
  private static final String DEEP = "train.model=swa_only(width: 64, blocks: 12, window: 8)";

  @TempDir private Path folder;
  private SmallTraining training;

  @BeforeEach
  void write() throws IOException {
    training = new SmallTraining(folder);
  }

  @Test
  void aMicroBatchOfOneSequenceIsNamedFirst() {
    long available = needed("train.micro_batch=seq", "train.lanes=1");
    assertThat(help(available)).startsWith("`micro_batch = 32 tok lanes = 1` needs ");
    assertThat(help(available, "train.batch=96 tok", "train.micro_batch=96 tok"))
        .startsWith("`micro_batch = 32 tok` needs ");
  }

  @Test
  void thenLayersThatAreComputedAgain() {
    long available = needed("train.micro_batch=seq", "train.lanes=1", "train.recompute=all");
    assertThat(help(available)).startsWith("`recompute = all micro_batch = seq lanes = 1` needs ");
    assertThat(help(available - 1)).doesNotContain("recompute");
    assertThat(help(available, "train.recompute=all"))
        .startsWith("`micro_batch = 32 tok lanes = 1` needs ");
  }

  @Test
  void moreLanesNeedMore() {
    assertThat(needed("train.micro_batch=seq", "train.lanes=2"))
        .isGreaterThan(needed("train.micro_batch=seq", "train.lanes=1"));
  }

  private long needed(String... settings) {
    return Memory.ofTraining(plan(settings));
  }

  private TrainPlan plan(String... settings) {
    List<String> all = new ArrayList<>(List.of(DEEP));
    all.addAll(List.of(settings));
    return training.plan(all.toArray(String[]::new));
  }

  private String help(long available, String... settings) {
    TrainPlan train = plan(settings);
    ModelPlan plan = Lowering.of(Plans.architecture(train)).plan();
    UserError refused =
        catchThrowableOfType(
            UserError.class, () -> Memory.requireForTraining(train, plan, 1, available));
    return String.valueOf(refused.help());
  }
}
