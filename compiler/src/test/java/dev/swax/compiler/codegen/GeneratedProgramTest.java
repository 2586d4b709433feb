package dev.swax.compiler.codegen;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.FeedForward;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A generated program against the interpreter in double: losses, every gradient, and state. */
class GeneratedProgramTest {
  private static final long SEED = 7;
  private static final int WINDOW = 5;

  /** Models whose goldens tell their structure only, and a memory of the other family. */
  private static final List<String> FILES =
      List.of(
          "tests/golden/stages/attention.swax",
          "tests/golden/stages/hybrid.swax",
          "tests/golden/lowered/scan.swax");

  static Stream<Architecture> models() {
    var silu = new FeedForward(Models.SPAN, FeedForward.Activation.SILU, 48);
    var gelu = new FeedForward(Models.SPAN, FeedForward.Activation.GELU, 24);
    var full = new Mixer.Attention(Models.SPAN, "full", 4, 2, 8, -1, 10000.0);
    var local = new Mixer.Attention(Models.SPAN, "local", 2, 2, 16, 0, null);
    Stream<Architecture> made =
        Stream.of(
            model("transformer", 32, false, 0, new Layer(Models.SPAN, full, silu)),
            model(
                "capped",
                32,
                true,
                30,
                new Layer(Models.SPAN, full, silu),
                new Layer(Models.SPAN, local, gelu)),
            model(
                "tied",
                32,
                true,
                0,
                new Layer(Models.SPAN, local, null),
                new Layer(Models.SPAN, null, gelu)),
            model("ragged", 10, false, 5, new Layer(Models.SPAN, ragged(), silu)));
    return Stream.concat(made, FILES.stream().flatMap(file -> SwaxFiles.models(file).stream()));
  }

  private static Mixer ragged() {
    return new Mixer.Attention(Models.SPAN, "local", 5, 1, 6, 0, 100.0);
  }

  private static Architecture model(
      String name, int width, boolean tied, double cap, Layer... layers) {
    List<Layer> twice = Stream.concat(Stream.of(layers), Stream.of(layers)).toList();
    return Models.of(name, width, tied, cap, new int[] {WINDOW}, twice);
  }

  @ParameterizedTest
  @MethodSource("models")
  void lossesAndGradientsAreTheInterpreters(Architecture architecture) {
    check(architecture, false);
  }

  @ParameterizedTest
  @MethodSource("models")
  void documentsDoNotSeeEachOther(Architecture architecture) {
    check(architecture, true);
  }

  @ParameterizedTest
  @MethodSource("models")
  void stateIsCarriedFromCallToCall(Architecture architecture) {
    var check = ProgramCheck.of(LowerModel.lower(architecture), windows(architecture), SEED);
    for (boolean documents : new boolean[] {false, true}) {
      try (Kernels kernels = new VectorKernels(2)) {
        check.requireCarriedState(kernels, documents, 3, 1, 1, 8, 2, 1, 5);
      }
    }
  }

  private static int[] windows(Architecture architecture) {
    return architecture.windows().stream().mapToInt(_ -> WINDOW).toArray();
  }

  private static void check(Architecture architecture, boolean documents) {
    var check = ProgramCheck.of(LowerModel.lower(architecture), windows(architecture), SEED);
    for (Kernels kernels : List.of(new ScalarKernels(), new VectorKernels(2))) {
      try (kernels) {
        check.requireGradients(kernels, documents);
      }
    }
  }
}
