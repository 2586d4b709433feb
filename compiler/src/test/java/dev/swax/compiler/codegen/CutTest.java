package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.ModelInterpreter;
import dev.swax.compiler.interpret.OutputMeans;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.Cut.Pathway;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.ParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of which something is taken out. */
class CutTest {
  private static final Architecture MODEL =
      SwaxFiles.model(
          """
          import "std/models"
          import "std/cells"
          model mixed = lm(width: 24, blocks: 4, vocab: 20, heads: 2, window: 3) with {
            layers = [mlstm(heads: 2), local, gated_delta(heads: 2), full]
          }
          """,
          "mixed");

  private static final List<Cut> CUTS =
      List.of(
          Cut.of(Pathway.MEMORY),
          Cut.of(Pathway.WINDOW),
          Cut.of(Pathway.ATTENTION),
          Cut.ofLayers(List.of(2, 0)));

  private static final Cut MEAN = Cut.of(Pathway.MEMORY).with(Cut.Filling.MEAN);
  private static final LoweredModel MEASURED =
      LowerModel.lower(MODEL, Cut.of(Pathway.MEMORY).with(Cut.Filling.MEASURED));

  static Stream<Cut> cuts() {
    return CUTS.stream();
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aProgramIsWhatItsMeaningSays(Cut cut) {
    try (Kernels kernels = new VectorKernels(1)) {
      ProgramCheck check = ProgramCheck.of(LowerModel.lower(MODEL, cut), windows(MODEL), 18);
      check.requireCarriedState(kernels, true, 7, 4, 1);
    }
  }

  /** The last weights of a part that are 0 make its output 0, without any cut. */
  @ParameterizedTest
  @MethodSource("cuts")
  void itIsTheWholeModelWithWeightsOfZero(Cut cut) {
    Map<String, Matrix> values = values(_ -> false);
    Map<String, Matrix> zeroed = values(name -> isTakenOut(cut, name));
    double[] expected = losses(LowerModel.lower(MODEL), zeroed);
    assertThat(losses(LowerModel.lower(MODEL, cut), values)).containsExactly(expected);
    assertThat(losses(LowerModel.lower(MODEL), values)).isNotEqualTo(expected);
  }

  private static boolean isTakenOut(Cut cut, String name) {
    List<Integer> layers =
        switch (cut.pathway()) {
          case NOTHING -> List.of();
          case MEMORY, LAYERS -> List.of(0, 2);
          case WINDOW -> List.of(1);
          case ATTENTION -> List.of(3);
        };
    boolean mixer = name.endsWith(".out");
    boolean feedForward = name.endsWith(".down") && cut.pathway() == Pathway.LAYERS;
    return (mixer || feedForward)
        && layers.stream().anyMatch(layer -> name.startsWith("layers." + layer + "."));
  }

  @Test
  void aProgramPutsARowInPlaceOfEachOutput() {
    try (Kernels kernels = new VectorKernels(1)) {
      ProgramCheck check = ProgramCheck.of(LowerModel.lower(MODEL, MEAN), windows(MODEL), 18);
      check.requireCarriedState(kernels, true, 7, 4, 1);
    }
  }

  /** Over one token, a mean is the output itself, so nothing changes. */
  @Test
  void theMeanOfOneTokenIsItsOutput() {
    Map<String, Matrix> values = values(_ -> false);
    Map<String, Matrix> filled = new LinkedHashMap<>(values);
    filled.putAll(means(values, 3));
    assertThat(means(values, 3))
        .containsOnlyKeys("layers.0.mlstm.output.mean", "layers.2.gated_delta.output.mean");
    double whole = losses(LowerModel.lower(MODEL), values, () -> batch(3))[0];
    assertThat(losses(LowerModel.lower(MODEL, MEAN), filled, () -> batch(3))[0])
        .isCloseTo(whole, within(1e-12));
    assertThat(losses(LowerModel.lower(MODEL, Cut.of(Pathway.MEMORY)), values, () -> batch(3))[0])
        .isNotCloseTo(whole, within(1e-3));
  }

  /**
   * Over tokens that do not see each other, it is the mean of theirs, in one batch or in several.
   */
  @Test
  void aMeanIsOverAllTokens() {
    Map<String, Matrix> values = values(_ -> false);
    Map<String, Matrix> together = means(values, 3, 1, 4);
    var apart = new OutputMeans(MEASURED, values);
    List.of(3, 1, 4).forEach(token -> apart.add(() -> batch(token)));
    together.forEach((name, mean) -> {
      for (int i = 0; i < mean.columns(); i++) {
        double sum = 0;
        for (int token : List.of(3, 1, 4)) {
          sum += row(means(values, token), name).get(0, i);
        }
        assertThat(mean.get(0, i)).isCloseTo(sum / 3, within(1e-12));
        assertThat(row(apart.means(), name).get(0, i)).isCloseTo(sum / 3, within(1e-12));
      }
    });
  }

  private static Matrix row(Map<String, Matrix> means, String name) {
    return Objects.requireNonNull(means.get(name), name);
  }

  private static Map<String, Matrix> means(Map<String, Matrix> values, int... tokens) {
    var means = new OutputMeans(MEASURED, values);
    means.add(() -> batch(tokens));
    return means.means();
  }

  /** Each token a document of its own. */
  private static Bindings batch(int... tokens) {
    boolean[] starts = new boolean[tokens.length];
    Arrays.fill(starts, true);
    return new Bindings(1, tokens.length)
        .tokens(tokens)
        .targets(tokens)
        .documentStarts(starts)
        .windows(windows(MODEL));
  }

  @Test
  void itKeepsAllItsParameters() {
    List<ParameterSpec> all = ParameterSpecs.of(LowerModel.lower(MODEL));
    assertThat(CUTS)
        .allSatisfy(
            cut -> assertThat(ParameterSpecs.of(LowerModel.lower(MODEL, cut))).isEqualTo(all));
  }

  @Test
  void whatAModelLacksIsNamed() {
    Architecture windows =
        SwaxFiles.model(
            "import \"std/models\"\nmodel w = swa_only(width: 24, blocks: 2, vocab: 20, heads: 2, window: 3)",
            "w");
    assertThat(Cut.of(Pathway.MEMORY).obstacle(windows))
        .hasValue("`w` has no memory to cut, only window");
    assertThat(Cut.of(Pathway.ATTENTION).obstacle(windows))
        .hasValue("`w` has no attention without a window to cut, only window");
    assertThat(Cut.ofLayers(List.of(0, 7)).obstacle(windows))
        .hasValue("`w` has 2 layers, 0 to 1, so layer 7 cannot be cut");
    assertThat(Cut.of(Pathway.WINDOW).obstacle(windows)).isEmpty();
    assertThat(Cut.NONE.obstacle(windows)).isEmpty();
  }

  private static int[] windows(Architecture model) {
    return model.windows().stream().mapToInt(window -> window.schedule().testValue()).toArray();
  }

  private static Map<String, Matrix> values(Predicate<String> zero) {
    var random = new SplittableRandom(5);
    Map<String, Matrix> values = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpecs.of(LowerModel.lower(MODEL))) {
      Matrix matrix = Matrix.zeros(spec.rows(), spec.columns());
      for (int i = 0; i < matrix.values().length; i++) {
        double value = random.nextDouble() - 0.5;
        matrix.values()[i] = zero.test(spec.name()) ? 0 : value;
      }
      values.put(spec.name(), matrix);
    }
    return values;
  }

  private static double[] losses(LoweredModel model, Map<String, Matrix> values) {
    int[] tokens = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
    int[] targets = {1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    return losses(
        model,
        values,
        () -> new Bindings(1, 10).tokens(tokens).targets(targets).windows(windows(MODEL)));
  }

  private static double[] losses(
      LoweredModel model, Map<String, Matrix> values, Supplier<Bindings> batch) {
    return new ModelInterpreter(model, values, batch).forward().losses().values();
  }
}
