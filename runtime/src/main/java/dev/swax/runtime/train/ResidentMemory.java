package dev.swax.runtime.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the process holds. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Resident bytes now, or the Java heap's where the system does not tell. */
  public static long bytes() {
    return read("VmRSS:");
  }

  /** Most resident bytes so far, or the Java heap's now where the system does not tell. */
  public static long peakBytes() {
    return read("VmHWM:");
  }

  private static long read(String field) {
    if (Files.isReadable(STATUS)) {
      try {
        for (String line : Files.readAllLines(STATUS)) {
          if (line.startsWith(field)) {
            return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
          }
        }
      } catch (IOException e) {
        return Runtime.getRuntime().totalMemory(); // the system does not tell
      }
    }
    return Runtime.getRuntime().totalMemory();
  }
}
