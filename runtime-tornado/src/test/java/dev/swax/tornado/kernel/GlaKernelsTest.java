package dev.swax.tornado.kernel;

import dev.swax.runtime.kernel.gla.GlaShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories with a vector decay on a device against the scalar kernels. */
final class GlaKernelsTest {
  private static final int ONE_DOCUMENT = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 63, 64, 65, 130})
  void equalsTheCpuAtEveryLength(int time) {
    new GlaProblem(shape(2, 8, 8), 2, time).check(time, 2, time, ONE_DOCUMENT, false);
  }

  @Test
  void widthsNeedNotFillTiles() {
    new GlaProblem(shape(1, 70, 37), 1, 70).check(9, 1, 70, ONE_DOCUMENT, false);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void documentsAreEmptyBefore(long seed) {
    new GlaProblem(shape(2, 8, 6), 1, 150).check(seed, 1, 150, 40, false);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void decaysMayBeZero(long seed) {
    new GlaProblem(shape(2, 8, 6), 1, 150).check(seed, 1, 150, 60, true);
  }

  @Test
  void fewerRowsThanTheGrid() {
    var problem = new GlaProblem(shape(2, 8, 8), 3, 130);
    problem.check(5, 1, 130, 40, false);
    problem.check(6, 3, 10, 40, false);
    problem.check(7, 0, 130, 40, false);
    problem.check(8, 0, 0, 40, false);
  }

  private static GlaShape shape(int heads, int keyWidth, int valueWidth) {
    return new GlaShape(heads, keyWidth, valueWidth, 0.3f);
  }
}
