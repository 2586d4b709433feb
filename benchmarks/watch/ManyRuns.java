import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Makes many runs with many steps for tries of `swax watch`: java ManyRuns.java RUN FOLDER RUNS
 * STEPS.
 */
class ManyRuns {
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

  public static void main(String[] arguments) throws IOException {
    Path like = Path.of(arguments[0]);
    int steps = Integer.parseInt(arguments[3]);
    for (int run = 0; run < Integer.parseInt(arguments[2]); run++) {
      Path folder = Files.createDirectories(Path.of(arguments[1], "run%03d".formatted(run)));
      for (String name : List.of("manifest.json", "config.txt", "run.swax", "log.txt")) {
        Files.copy(like.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      try (var out =
          new BufferedOutputStream(
              Files.newOutputStream(folder.resolve("metrics.jsonl")), 1 << 20)) {
        write(out, run, steps, new Random(run));
      }
    }
  }

  private static void write(OutputStream out, int run, int steps, Random random)
      throws IOException {
    for (int step = 1; step <= steps; step++) {
      double loss = 2 + run * 0.005 + 4 * Math.exp(-step / 3000.0) + random.nextGaussian() * 0.08;
      double rate = 1e-3 * Math.min(1, step / 2000.0) * (1 - (double) step / steps);
      out.write(
          sealed(
              ("{\"step\":%d,\"time\":\"%s\",\"loss\":%s,\"perplexity\":%s,\"gradientNorm\":%s,\"lr\":%s,"
                   + "\"windows\":{\"local\":%d},\"tokens\":%d,\"tokensPerSecond\":%s,\"flops\":%s,\"residentBytes\":%d}")
                  .formatted(
                      step,
                      BEGAN.plusMillis(step * 250L),
                      loss,
                      Math.exp(loss),
                      Math.abs(1 + random.nextGaussian() * 0.2),
                      rate,
                      random.nextBoolean() ? 128 : 2048,
                      step * 4096L,
                      16_000 + random.nextGaussian() * 500,
                      step * 1.3e11,
                      2_000_000_000L + step * 100L)));
      if (step % 5000 == 0) {
        out.write(sealed("{\"step\":%d,\"validation\":{\"loss\":%s}}".formatted(step, loss + 0.1)));
      }
    }
  }

  private static byte[] sealed(String text) {
    var crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    String check = HexFormat.of().toHexDigits((int) crc.getValue());
    String line = text.substring(0, text.length() - 1) + ",\"check\":\"" + check + "\"}\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }
}
