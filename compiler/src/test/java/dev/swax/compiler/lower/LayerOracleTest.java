package dev.swax.compiler.lower;

import static dev.swax.compiler.lower.OracleFile.requireClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.model.part.Part;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole layers of std/cells against numbers of their reference code in float64, with the same
 * weights: the output, and the gradients of the input and of every weight. The layers are
 *
 * <ul>
 *   <li>{@code OlmoHybridGatedDeltaNet}, {@code RecurrentGemmaRecurrentBlock} at positions from 1
 *       on, {@code Mamba2Mixer} with two groups and {@code MambaMixer}, of transformers 5.18,
 *   <li>{@code DeltaNet}, {@code KimiDeltaAttention} and {@code RWKV7Attention} of
 *       flash-linear-attention 0.5.2, with its plain forms of their recurrences; of the last the
 *       first layer, each of its mixes with two weights of its own,
 *   <li>Gated DeltaProduct written out in PyTorch around the plain form of flash-linear-attention,
 *   <li>sLSTM written out in PyTorch as in its paper, gates not stabilised.
 * </ul>
 *
 * <p>Their weights are turned round to [inputs, outputs], filters to [width, channels] with the
 * token itself first. Scales of queries are numbers that fp32 holds.
 */
class LayerOracleTest {
  private static final String PREFIX = "memory.";

  /** Double against double: sums of some hundred terms. */
  private static final double TOLERANCE = 1e-11;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "gated_delta|gated_delta(heads: 2, key: 4, value: 3)",
        "delta_net|delta_net(heads: 2)",
        "delta_product|delta_product(heads: 2, key: 4, value: 3)",
        "rg_lru|rg_lru(heads: 2)",
        "mamba2|mamba2(heads: 4, key: 3, groups: 2)",
        "kda|kda(heads: 2)",
        "rwkv7|rwkv7(heads: 2, rank: 2, gate: 3)",
        "s6|s6(states: 3, rank: 2)",
        "slstm|slstm(heads: 2)"
      })
  void layerIsThatOfItsReference(String name, String use) throws IOException {
    OracleFile file = OracleFile.read("layer_" + name + ".txt");
    int width = file.size("x", 2);
    Part part = Cells.sound(Cells.standard(), use, width, 2);
    Block block = lowered(part);
    var bindings = new Bindings(file.size("x", 0), file.size("x", 1));
    bindings.value("x", matrix(file, "x", width));
    bindings.value("dy", matrix(file, "dy", width));
    for (Block.BlockParameter p : block.parameters()) {
      String parameter = p.name().substring(PREFIX.length());
      assertThat(file.size(parameter, 0)).as(parameter).isEqualTo(p.rows());
      bindings.value(p.name(), matrix(file, parameter, p.columns()));
    }
    Evaluation found = Interpreter.run(Gradient.of(block.graph()), bindings);
    requireClose("y", found.result("y").values(), file.of("y"), TOLERANCE);
    requireClose("dx", found.result("dx").values(), file.of("dx"), TOLERANCE);
    for (Block.BlockParameter p : block.parameters()) {
      String gradient = Gradient.PARAMETER + p.name().substring(PREFIX.length());
      Matrix own = found.result(Gradient.PARAMETER + p.name());
      requireClose(gradient, own.values(), file.of(gradient), TOLERANCE);
    }
  }

  private static Block lowered(Part part) {
    var out = new BlockBuilder();
    var x = out.input("x", part.width());
    out.graph().result("y", LowerPart.lower(part, "memory", x, out));
    return out.build("memory");
  }

  private static Matrix matrix(OracleFile file, String name, int columns) {
    double[] values = file.of(name);
    return Matrix.of(values.length / columns, columns, values);
  }
}
