package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.tornado.TornadoDevices;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Copies between floats and bfloat16 against the bits of floats. */
class BFloat16KernelsTest {
  private static final int COUNT = 5000;
  private static final int FLOATS_AT = 3;
  private static final int HALVES_AT = 6;

  /** TornadoVM turns numbers into bfloat16 on CUDA only. */
  @BeforeEach
  void needCuda() {
    assumeTrue(TornadoDevices.hasCublas() || TornadoDevices.isSimulated());
  }

  /** Numbers of many magnitudes and both signs, and zero. */
  private static float[] values() {
    var random = new SplittableRandom(1);
    var values = new float[FLOATS_AT + COUNT + 1];
    for (int i = 1; i < values.length; i++) {
      values[i] = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-60, 60));
    }
    return values;
  }

  @Test
  void narrowed() {
    FloatArray values = FloatArray.fromArray(values());
    var halves = new ShortArray(HALVES_AT + COUNT + 1);
    halves.init((short) 0x1234);
    KernelHarness.run(
        BFloat16Kernels.grid(COUNT),
        graph ->
            graph.task(
                TASK,
                BFloat16Kernels::narrow,
                new KernelContext(),
                values,
                FLOATS_AT,
                halves,
                HALVES_AT,
                COUNT),
        values,
        halves);
    for (int i = 0; i < COUNT; i++) {
      float value = values.get(FLOATS_AT + i);
      int half = Math.round(Math.scalb(value, 8 - 1 - Math.getExponent(value)));
      assertThat(BFloat16.bf16ToFloat(halves.get(HALVES_AT + i)))
          .as("number %d", i)
          .isEqualTo(
              value == 0 ? 0 : (float) Math.scalb((double) half, Math.getExponent(value) - 8 + 1));
    }
    assertThat(halves.get(HALVES_AT - 1)).isEqualTo((short) 0x1234);
    assertThat(halves.get(HALVES_AT + COUNT)).isEqualTo((short) 0x1234);
  }

  @Test
  void widenedAndAdded() {
    for (int accumulate = 0; accumulate <= 1; accumulate++) {
      int add = accumulate;
      float[] before = values();
      FloatArray values = FloatArray.fromArray(before);
      var halves = new ShortArray(HALVES_AT + COUNT);
      for (int i = 0; i < HALVES_AT + COUNT; i++) {
        halves.set(i, BFloat16.bf16FromFloat(1 + i % 100));
      }
      KernelHarness.run(
          BFloat16Kernels.grid(COUNT),
          graph ->
              graph.task(
                  TASK,
                  BFloat16Kernels::widen,
                  new KernelContext(),
                  halves,
                  HALVES_AT,
                  values,
                  FLOATS_AT,
                  COUNT,
                  add),
          values,
          halves);
      for (int i = 0; i < COUNT; i++) {
        float old = add == 1 ? before[FLOATS_AT + i] : 0;
        assertThat(values.get(FLOATS_AT + i)).isEqualTo(old + (1 + (HALVES_AT + i) % 100));
      }
      assertThat(values.get(FLOATS_AT - 1)).isEqualTo(before[FLOATS_AT - 1]);
      assertThat(values.get(FLOATS_AT + COUNT)).isEqualTo(before[FLOATS_AT + COUNT]);
    }
  }
}
