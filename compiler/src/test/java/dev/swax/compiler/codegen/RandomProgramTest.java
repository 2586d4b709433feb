package dev.swax.compiler.codegen;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.RandomBlocks;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated programs of random models and of random blocks beside the interpreter. */
class RandomProgramTest {
  private static final int[] WINDOWS = {3, 6};

  @Test
  void models() {
    try (Kernels kernels = new VectorKernels(2)) {
      for (long seed = 0; seed < 15; seed++) {
        var check = ProgramCheck.of(LowerModel.lower(Models.random(seed, WINDOWS)), WINDOWS, seed);
        check.requireGradients(kernels, seed % 2 == 0);
        check.requireCarriedState(kernels, seed % 2 == 0, 4, 1, 1, 7, 2);
      }
    }
  }

  @Test
  void blocks() {
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      for (long seed = 0; seed < 30; seed++) {
        var check = ProgramCheck.of(around(seed), WINDOWS, seed);
        check.requireGradients(seed % 3 == 0 ? scalar : vector, seed % 2 == 0);
      }
    }
  }

  /** Whole vectors, and what is left of a ragged width. */
  @ParameterizedTest
  @ValueSource(ints = {21, 32})
  void everyFunction(int width) {
    try (Kernels kernels = new VectorKernels(1)) {
      var model = Models.around(RandomBlocks.ofEveryFunction(width), width, WINDOWS);
      var check = ProgramCheck.of(model, WINDOWS, 1);
      check.requireGradients(kernels, false);
    }
  }

  private static LoweredModel around(long seed) {
    int width = 1 + (int) (seed * 11 % 50);
    return Models.around(RandomBlocks.of(seed, width), width, WINDOWS);
  }
}
