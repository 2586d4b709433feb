package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.ParameterSpec;
import org.junit.jupiter.api.Test;

/** How embedding and head begin. */
class FirstValuesTest {
  private static final String FILE =
      """
      model usual { width = 10  vocab = 19  ffn = none  layers = [swa(window: 8, heads: 1)] }
      model said = usual with { embedding_deviation = 0.02, head_deviation = 0 }
      model tied_head = usual with { tied = true, embedding_deviation = 0.5 }
      """;
  private static final Initializer SMALL = new Initializer.Normal(Math.sqrt(2.0 / 50));

  @Test
  void aModelSaysHowWidelyTheyAreSpread() {
    assertThat(first("said", "embedding")).isEqualTo(new Initializer.Normal(0.02));
    assertThat(first("said", "head")).isEqualTo(new Initializer.Normal(0));
    assertThat(first("tied_head", "embedding")).isEqualTo(new Initializer.Normal(0.5));
  }

  @Test
  void otherwiseTheyAreSmall() {
    assertThat(first("usual", "embedding")).isEqualTo(SMALL);
    assertThat(first("usual", "head")).isEqualTo(SMALL);
  }

  private static Initializer first(String model, String parameter) {
    return ParameterSpecs.of(LowerModel.lower(SwaxFiles.model(FILE, model))).stream()
        .filter(spec -> spec.name().equals(parameter))
        .map(ParameterSpec::initializer)
        .findFirst()
        .orElseThrow();
  }
}
