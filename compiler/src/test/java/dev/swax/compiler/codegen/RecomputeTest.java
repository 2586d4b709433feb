package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.RandomBlocks;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.compiler.testing.WiredModels;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.tensor.Tensor;
import dev.swax.runtime.train.Recompute;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is computed again has the bits of what is kept: after steps of several micro-batches, with
 * windows that differ from step to step, on any number of threads.
 */
class RecomputeTest {
  private static final int BATCH = 2;
  private static final int TIME = 40;
  private static final int STEPS = 3;

  /** Ragged widths, so that every kernel has a rest. */
  private static final String FILE =
      """
      import "std/models"
      import "std/cells"
      cell elman(heads = 3, size = 5) {
        u: [size] = linear(x)
        g: [size] = silu(linear(x))
        state h: [size]
        h' = tanh(linear(h) + u)
        out = linear(h' * g)
      }
      window drawn = sample per batch { 7: 50%, 20: rest }
      model hybrid = lm(width: 36, blocks: 6, vocab: 50, window: drawn, memory: mlstm(heads: 3)) with {
        layers = blocks / 2 * [memory, swa(window: window, heads: 3, rope: 10k)]
      }
      model general = lm(width: 36, vocab: 50, window: drawn, blocks: 4) with {
        layers = blocks / 2 * [elman(), swa(window: window, heads: 3, rope: 10k)]
      }
      model families = lm(width: 36, vocab: 50, window: drawn, blocks: 6) with {
        layers = [
          gated_delta(heads: 3),
          rg_lru(heads: 3),
          mamba2(heads: 3, key: 7),
          slstm(heads: 3),
          s6(states: 5, rank: 3),
          swa(window: window, heads: 3, key_heads: 1, rope: 10k, normed: true, sinks: true),
        ]
      }
      model experts = lm(width: 24, vocab: 50, window: drawn, blocks: 2, memory: retention(heads: 2)) with {
        ffn = moe(swiglu(hidden: 16), experts: 4, active: 2, balance: 0.01)
        layers = [memory, swa(window: window, heads: 2, rope: none)]
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"hybrid", "general", "families", "experts"})
  void bitsAreThoseOfWhatIsKept(String name) {
    requireSameBits(Lowering.of(SwaxFiles.model(FILE, name)).plan(), name);
  }

  /** Layers that read other layers, and layers that share weights. */
  @ParameterizedTest
  @EnumSource
  void wiredLayersToo(WiredModels wired) {
    requireSameBits(Lowering.of(wired.model()).plan(), wired.name());
  }

  @Test
  void randomModelsToo() {
    for (long seed = 0; seed < 3; seed++) {
      var model = LowerModel.lower(Models.random(seed, new int[] {3}));
      requireSameBits(Lowering.of(model).plan(), "model of seed " + seed);
    }
  }

  @Test
  void randomLayersToo() {
    for (long seed = 0; seed < 8; seed++) {
      int width = 1 + (int) (seed * 11 % 50);
      var model = Models.around(RandomBlocks.of(seed, width), width, new int[] {3});
      requireSameBits(Lowering.of(model).plan(), "layer of seed " + seed);
    }
  }

  @Test
  void lessIsPlannedTheMoreIsComputedAgain() {
    ModelPlan plan = Lowering.of(SwaxFiles.model(FILE, "hybrid")).plan();
    long[] bytes =
        Stream.of(Recompute.values())
            .mapToLong(what -> MemoryPlan.training(plan.with(what), BATCH, TIME).buffers())
            .toArray();
    assertThat(bytes[1]).isLessThan(bytes[0]);
    assertThat(bytes[2]).isLessThan(bytes[1]);
  }

  private static void requireSameBits(ModelPlan plan, String what) {
    String expected = bits(plan, 1);
    for (Recompute recompute : List.of(Recompute.MIXERS, Recompute.ALL)) {
      ModelPlan again = plan.with(recompute);
      if (!again.equals(plan)) {
        assertThat(bits(again, 3)).as("%s, %s", what, recompute).isEqualTo(expected);
      }
    }
  }

  /** SHA-256 of losses, weights and the last gradients. */
  private static String bits(ModelPlan plan, int threads) {
    CompiledModel code = CompiledModel.of(plan, ProgramCheck.ADAMW, "test");
    int vocabulary = plan.model().architecture().vocabulary();
    var random = new SplittableRandom(5);
    MessageDigest digest = sha256();
    try (Kernels kernels = new VectorKernels(threads);
        Parameters parameters = parameters(code, random);
        Program program = code.create(kernels, parameters, BATCH, TIME, 0, true)) {
      assertThat(program.bufferBytes()).isEqualTo(MemoryPlan.training(plan, BATCH, TIME).buffers());
      for (int step = 1; step <= STEPS; step++) {
        int[] windows =
            program.windowNames().stream().mapToInt(_ -> random.nextInt(1, 30)).toArray();
        program.clearGradients();
        for (int micro = 0; micro < 2; micro++) {
          program.accumulate(batch(random, vocabulary), windows, 0.01);
          add(digest, program.losses());
        }
        program.update(1e-3, 1, step);
      }
      for (Parameter parameter : parameters.all()) {
        add(digest, parameter.value());
        add(digest, parameter.gradient());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Tensor tensor) {
    digest.update(tensor.segment().asByteBuffer());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static Parameters parameters(CompiledModel code, SplittableRandom random) {
    Parameters parameters = Parameters.allocate(code.parameterSpecs(), true);
    for (Parameter parameter : parameters.all()) {
      double centre = parameter.spec().decayed() ? 0 : 1;
      for (long i = 0; i < parameter.spec().size(); i++) {
        parameter.value().set(i, (float) (centre + 0.4 * (random.nextDouble() - 0.5)));
      }
    }
    return parameters;
  }

  private static Batch batch(SplittableRandom random, int vocabulary) {
    Batch batch = Batch.allocate(BATCH, TIME);
    for (int row = 0; row < BATCH * TIME; row++) {
      batch.tokens()[row] = random.nextInt(vocabulary);
      batch.targets()[row] = random.nextInt(-1, vocabulary);
      batch.documentStarts()[row] = random.nextInt(20) == 0;
    }
    return batch;
  }
}
