package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.testing.Models;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models and their parts may be called as anything of Java is. */
class ModelNamesTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "math",
        "Math",
        "float",
        "Float",
        "string",
        "String",
        "object",
        "override",
        "class",
        "int",
        "new",
        "record",
        "var",
        "void",
        "list",
        "tensor",
        "kernels",
        "parameters",
        "vector_math",
        "model_program",
        "float_vector",
        "memory_segment",
        "row_math",
        "java",
        "swax",
        "generated",
        "stream",
        "layer",
        "losses",
        "forward",
        "a_1",
        "x__y"
      })
  void theProgramCompiles(String name) {
    var layer = Models.layer(Models.attention(name, 2, 1, 8, -1), Models.silu(24));
    Architecture model = Models.of(name, 16, false, 0, new int[0], List.of(layer));
    assertThat(Compiler.generate(Lowering.of(model).plan(), ADAMW).source())
        .contains("public final class " + JavaNames.type(name) + " extends ");
  }
}
