package dev.swax.benchmarks.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.incubator.vector.FloatVector;

/** What the measurements were made on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** One line. */
  static String describe(int threads) throws IOException {
    return "%s, %d processors, %d fp32 lanes; %d threads; JDK %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            FloatVector.SPECIES_PREFERRED.length(),
            threads,
            Runtime.version());
  }

  private static String processor() throws IOException {
    String model = "unknown";
    String family = "";
    if (Files.isReadable(PROCESSORS)) {
      for (String line : Files.readAllLines(PROCESSORS)) {
        String value = line.substring(line.indexOf(':') + 1).strip();
        if (line.startsWith("model name")) {
          model = value;
        } else if (line.startsWith("cpu family")) {
          family = " (family " + value + ")";
        }
      }
    }
    return model + family;
  }
}
