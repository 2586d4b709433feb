package dev.swax.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A loop with too many vector operations is not inlined whole, and then what it computes is objects
 * in each round. A training step would show it only after minutes.
 */
class LoopLengthTest {
  private static final String VECTORS = "c += LANES) {";
  private static final int MOST = 36;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlstm",
        "gla",
        "gated_delta",
        "kda",
        "rwkv7",
        "mamba2",
        "rg_lru",
        "min_gru",
        "s6",
        "slstm"
      })
  void loopsOverColumnsAreShortEnoughToInline(String cell) {
    String file =
        """
        import "std/models"
        import "std/cells"
        model one = lm(width: 64, blocks: 1, vocab: 50, window: 20) with { layers = [%s] }
        """
            .formatted(cell);
    String source =
        ProgramEmitter.emit(
            Lowering.of(SwaxFiles.model(file, "one")).plan(), ProgramCheck.ADAMW, "test");
    List<String> loops = List.of(source.split(Pattern.quote(VECTORS), -1));
    assertThat(loops).as("loops over columns").hasSizeGreaterThan(5);
    for (String after : loops.subList(1, loops.size())) {
      String body = after.substring(0, after.indexOf("}"));
      assertThat(body.lines().filter(line -> line.endsWith(";")).count())
          .as("operations of%n%s", body)
          .isLessThanOrEqualTo(MOST);
    }
  }
}
