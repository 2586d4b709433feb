package dev.swax.tests.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cell that trains on the CPU and has no kernels for devices. */
class DeviceFamilyTest {
  private static final String FILE =
      """
      edition 1
      import "std/cells"
      model m { width = 16  vocab = 256  ffn = none  layers = [%s(heads: 2)] }
      """;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"gated_delta", "gla"})
  void isRefusedForADevice(String cell) throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE.formatted(cell));
    Run.in(folder, "dump", "--after=java", "--device", "tornado", "m.swax")
        .isRefused(
            "`m` cannot be trained on a device yet, its cell `%s` has kernels only for the CPU"
                .formatted(cell),
            "--device cpu");
  }
}
