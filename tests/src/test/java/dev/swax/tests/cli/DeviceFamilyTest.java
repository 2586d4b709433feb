package dev.swax.tests.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cell that trains on the CPU and has no kernels for devices. */
class DeviceFamilyTest {
  private static final String FILE =
      """
      edition 1
      import "std/cells"
      model m { width = 16  vocab = 256  ffn = none  layers = [gated_delta(heads: 2)] }
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void isRefusedForADevice() throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE);
    Run.in(folder, "dump", "--after=java", "--device", "tornado", "m.swax")
        .isRefused(
            "`m` cannot be trained on a device yet, its cell `gated_delta` has kernels only for the CPU",
            "--device cpu");
  }
}
