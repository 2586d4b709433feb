package dev.swax.compiler.codegen;

import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.Parts;
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
          "tests/golden/lowered/scan.swax",
          "tests/golden/lowered/parts.swax");

  static Stream<Architecture> models() {
    var silu = Models.silu(48);
    var gelu = new Parts.FeedForward(UnaryFunction.GELU, 24);
    var full = new Parts.Attention("full", 4, 2, 8, -1, 10000.0);
    var local = new Parts.Attention("local", 2, 2, 16, 0, null);
    Stream<Architecture> made =
        Stream.of(
            model("transformer", 32, false, 0, Models.layer(full, silu)),
            model("capped", 32, true, 30, Models.layer(full, silu), Models.layer(local, gelu)),
            model("tied", 32, true, 0, Models.layer(local, null), Models.layer(null, gelu)),
            model("ragged", 10, false, 5, Models.layer(ragged(), silu)));
    return Stream.concat(made, FILES.stream().flatMap(file -> SwaxFiles.models(file).stream()));
  }

  private static Parts.Attention ragged() {
    return new Parts.Attention("local", 5, 1, 6, 0, 100.0);
  }

  private static Architecture model(
      String name, int width, boolean tied, double cap, Parts.Sketch... layers) {
    List<Parts.Sketch> twice = Stream.concat(Stream.of(layers), Stream.of(layers)).toList();
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

  /** 18 rows, so that the last block is shorter. */
  @ParameterizedTest
  @MethodSource("models")
  void headsThatTakeSomeRowsAtATimeComputeTheSame(Architecture architecture) {
    LoweredModel model = LowerModel.lower(architecture);
    var check = ProgramCheck.inBlocks(model, 5, windows(architecture), SEED);
    try (Kernels kernels = new VectorKernels(2)) {
      check.requireGradients(kernels, true);
      check.requireCarriedState(kernels, false, 3, 1, 8);
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
