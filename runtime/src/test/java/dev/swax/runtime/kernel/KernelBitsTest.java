package dev.swax.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a kernel computes must not depend on whether it has been compiled yet. */
class KernelBitsTest {

  @Test
  void interpretedAndCompiledCodeAgree() throws IOException, InterruptedException {
    String interpreted = checksum(List.of("-Xint"), 1);
    assertThat(interpreted).matches("\\d+");
    assertThat(checksum(List.of(), 60)).isEqualTo(interpreted);
    assertThat(checksum(List.of("-XX:TieredStopAtLevel=1"), 5)).isEqualTo(interpreted);
  }

  private static String checksum(List<String> options, int times)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KernelBits.class.getName());
    command.add(Integer.toString(times));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.strip();
  }
}
