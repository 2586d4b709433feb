package dev.swax.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSearchTest {
  @TempDir private Path folder;

  private static double step(JsonNode line) {
    return line.path("step").asDouble(Double.NaN);
  }

  private long before(Path file, double wanted) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new LineSearch(channel, LineSearchTest::step).before(wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 1, 2, 777.5, 30_000, 59_999, 60_000, 70_000})
  void theLineIsBelowAndNear(double wanted) throws IOException {
    var text = new StringBuilder();
    for (int step = 1; step <= 60_000; step++) {
      text.append("{\"step\":%d,\"loss\":%d}\n".formatted(step, step % 97));
    }
    Path file = Files.writeString(folder.resolve("m"), text);
    long found = before(file, wanted);
    assertThat(found == 0 || text.charAt((int) found - 1) == '\n').isTrue();
    int first =
        wanted > 60_000
            ? text.length()
            : text.indexOf("{\"step\":" + (int) Math.ceil(Math.max(1, wanted)));
    assertThat(first - found).isBetween(0L, (long) LineSearch.PIECE);
    assertThat(found == 0 || found < first).isTrue();
  }

  /** The search goes on before what says nothing. */
  @Test
  void linesThatSayNothingArePassedOver() throws IOException {
    String good = "{\"step\":1}\n".repeat(20_000);
    String bad = "{\"step\n".repeat(20_000);
    Path file = Files.writeString(folder.resolve("m"), good + bad + "{\"step\":2}\n");
    assertThat(before(file, 2))
        .isBetween((long) good.length() - LineSearch.PIECE, (long) good.length());
    assertThat(
            before(
                Files.write(
                    folder.resolve("n"), "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)),
                5))
        .isZero();
    assertThat(before(Files.createFile(folder.resolve("e")), 5)).isZero();
  }
}
