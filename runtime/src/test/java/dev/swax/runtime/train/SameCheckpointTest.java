package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.rank.Ranks;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameCheckpointTest {
  private static final Path RUN = Path.of("runs/a");

  @Test
  void theProcessThatReadsAnotherIsNamed() {
    assertThatCode(() -> SameCheckpoint.require(new Finding(20L, 20L, 20L), 20, RUN))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> SameCheckpoint.require(new Finding(20L, 20L, 10L), 20, RUN))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "processes read different checkpoints in %s: process 0 reads that of step 20, process 2 reads that of step 10"
                .formatted(RUN));
    assertThatThrownBy(() -> SameCheckpoint.require(new Finding(20L, SameCheckpoint.NONE), 20, RUN))
        .hasMessageContaining("process 0 reads that of step 20, process 1 reads none");
  }

  /** Processes of which the first is this one, each of which has found a checkpoint. */
  private record Finding(List<Long> steps) implements Ranks {
    Finding(Long... steps) {
      this(List.of(steps));
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public int size() {
      return steps.size();
    }

    @Override
    public List<long[]> allGather(long[] own) {
      return steps.stream().map(step -> new long[] {step}).toList();
    }

    @Override
    public void allToAll(List<MemorySegment> out, List<MemorySegment> in) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void abort(int code) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String describe() {
      return "processes that find";
    }

    @Override
    public void close() {}
  }
}
