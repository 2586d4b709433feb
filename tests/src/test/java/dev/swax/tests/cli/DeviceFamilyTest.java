package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells of every family that a device trains. */
class DeviceFamilyTest {
  private static final String FILE =
      """
      edition 1
      import "std/cells"
      model m { width = 16  vocab = 256  ffn = none  layers = [%s(heads: 2)] }
      """;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlstm",
        "min_gru",
        "delta_net",
        "gated_delta",
        "gla",
        "hgrn2",
        "kda",
        "delta_product"
      })
  void hasKernelsForADevice(String cell) throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE.formatted(cell));
    Run run = Run.in(folder, "dump", "--after=java", "--device", "tornado", "m.swax");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("Kernels.");
  }
}
