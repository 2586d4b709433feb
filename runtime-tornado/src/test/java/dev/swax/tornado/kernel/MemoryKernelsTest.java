package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.tornado.kernel.MemoryProblem.Gates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryKernelsTest {
  private static final int ONE_DOCUMENT = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 63, 64, 65, 130})
  void equalsTheCpuAtEveryLength(int time) throws Exception {
    var problem = new MemoryProblem(shape(2, 8, 8, Normalizer.MAX_ABS_ONE), 2, time);
    assertThat(problem.check(time, 2, time, ONE_DOCUMENT, Gates.USUAL)).isLessThan(1);
  }

  @ParameterizedTest
  @EnumSource(Normalizer.class)
  void equalsTheCpuWithEveryNormalizer(Normalizer normalizer) throws Exception {
    var problem = new MemoryProblem(shape(1, 16, 8, normalizer), 1, 150);
    assertThat(problem.check(7, 1, 150, 40, Gates.USUAL)).isLessThan(1);
  }

  @Test
  void widthsNeedNotFillTiles() throws Exception {
    var problem = new MemoryProblem(shape(1, 70, 37, Normalizer.MAX_ABS_ONE), 1, 70);
    assertThat(problem.check(9, 1, 70, ONE_DOCUMENT, Gates.USUAL)).isLessThan(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void gatesMayBeMissing(int gates) throws Exception {
    var shape =
        new MemoryShape(
            2, 8, 8, MemoryTasks.SCALE, Normalizer.MAX_ABS_ONE, (gates & 1) > 0, (gates & 2) > 0);
    var problem = new MemoryProblem(shape, 1, 100);
    assertThat(problem.check(gates, 1, 100, 50, Gates.USUAL)).isLessThan(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void extremeGatesStayFinite(long seed) throws Exception {
    var problem = new MemoryProblem(shape(2, 8, 8, Normalizer.MAX_ABS_ONE), 1, 150);
    assertThat(problem.check(seed, 1, 150, 60, Gates.EXTREME)).isLessThan(1);
  }

  @Test
  void aGateThatIsNoNumberShows() throws Exception {
    var problem = new MemoryProblem(shape(1, 8, 8, Normalizer.MAX_ABS_ONE), 1, 150);
    assertThat(problem.spreadsNaN(11, 150, 70)).isTrue();
  }

  @Test
  void fewerRowsThanTheGrid() throws Exception {
    var problem = new MemoryProblem(shape(2, 8, 8, Normalizer.MAX_ABS_ONE), 3, 130);
    assertThat(problem.check(5, 1, 130, 40, Gates.USUAL)).isLessThan(1);
    assertThat(problem.check(6, 3, 10, 40, Gates.USUAL)).isLessThan(1);
    assertThat(problem.check(7, 0, 130, 40, Gates.USUAL)).isZero();
    assertThat(problem.check(8, 0, 0, 40, Gates.USUAL)).isZero();
  }

  private static MemoryShape shape(int heads, int keyWidth, int valueWidth, Normalizer normalizer) {
    return new MemoryShape(heads, keyWidth, valueWidth, MemoryTasks.SCALE, normalizer, true, true);
  }
}
