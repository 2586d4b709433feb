package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.attention.AttentionShape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttentionKernelsTest {
  private static final int ALL = Integer.MAX_VALUE;
  private static final int ONE_DOCUMENT = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 63, 64, 65, 130})
  void equalsTheCpuAtEveryLengthAndWindow(int time) throws Exception {
    var problem = new AttentionProblem(new AttentionShape(2, 1, 16), 2, time);
    assertThat(problem.check(time, 2, time, ONE_DOCUMENT, 1, 7, 64, time, ALL)).isLessThan(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64, 128})
  void equalsTheCpuAtEveryHeadWidth(int width) throws Exception {
    var problem = new AttentionProblem(new AttentionShape(3, 3, width), 1, 70);
    assertThat(problem.check(width, 1, 70, 20, 33, ALL)).isLessThan(1);
  }

  @Test
  void headsThatDoNotDivideShareTheirKeyHeads() throws Exception {
    var problem = new AttentionProblem(new AttentionShape(5, 2, 16), 1, 20);
    assertThat(problem.check(1, 1, 20, ONE_DOCUMENT, 7, ALL)).isLessThan(1);
  }

  @Test
  void documentsDoNotSeeEachOther() throws Exception {
    long seed = new SplittableRandom(3).nextLong();
    var problem = new AttentionProblem(new AttentionShape(2, 2, 16), 2, 200);
    assertThat(problem.check(seed, 2, 200, 30, 7, 100, ALL)).isLessThan(1);
  }

  static Stream<AttentionShape> options() {
    var shape = new AttentionShape(4, 2, 16);
    return Stream.of(
        shape.withValueWidth(24),
        shape.withValueWidth(5).withScale(0.3),
        shape.withCap(1.5),
        shape.withSinks(),
        shape.withChunk(7),
        shape.withChunk(64),
        shape.withValueWidth(8).withScale(1).withCap(4).withSinks().withChunk(50));
  }

  @ParameterizedTest
  @MethodSource("options")
  void equalsTheCpuWithEveryOption(AttentionShape shape) throws Exception {
    var problem = new AttentionProblem(shape, 2, 130);
    assertThat(problem.check(9, 2, 130, 40, ALL)).isLessThan(1);
    assertThat(problem.check(10, 2, 130, ONE_DOCUMENT, shape.chunk() == 0 ? 33 : ALL))
        .isLessThan(1);
  }

  @Test
  void fewerRowsThanTheGrid() throws Exception {
    var problem = new AttentionProblem(new AttentionShape(2, 1, 16), 2, 130);
    assertThat(problem.check(5, 1, 130, 40, 64)).isLessThan(1);
    assertThat(problem.check(6, 20, 10, 40, 64)).isLessThan(1);
    assertThat(problem.check(7, 0, 130, 40, 64)).isZero();
    assertThat(problem.check(8, 0, 0, 40, 64)).isZero();
  }
}
