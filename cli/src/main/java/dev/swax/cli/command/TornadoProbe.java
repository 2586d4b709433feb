package dev.swax.cli.command;

import dev.swax.runtime.Reasons;
import dev.swax.tornado.TornadoDevices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks TornadoVM for its devices in a process of its own, so that an SDK that does not even start
 * is reported instead of ending the caller.
 */
final class TornadoProbe {
  private static final int MINUTES = 5;
  private static final int LAST_LINES = 3;

  /** A line of the report. */
  record Found(boolean good, String text) {}

  List<Found> run() {
    String flags = System.getProperty("swax.tornado.flags");
    String classpath = System.getProperty("swax.tornado.classpath");
    if (flags == null || classpath == null) {
      return List.of(
          new Found(
              false,
              "not asked: the SDK has no tornado-argfile, or this was not started by `swax`"));
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "@" + flags,
            "--add-modules=jdk.incubator.vector",
            "-cp",
            classpath,
            TornadoDevices.class.getName());
    builder.redirectErrorStream(true);
    try {
      return report(builder.start());
    } catch (IOException e) {
      return List.of(new Found(false, "cannot start " + java + ": " + Reasons.of(e)));
    }
  }

  private static List<Found> report(Process process) throws IOException {
    List<String> lines;
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      lines = output.lines().filter(line -> !line.isBlank()).toList();
    }
    List<Found> found = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(TornadoDevices.LINE)) {
        String text = line.substring(TornadoDevices.LINE.length());
        found.add(new Found(text.endsWith(TornadoDevices.RIGHT), text));
      }
    }
    if (exitCode(process) != 0 || found.isEmpty()) {
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      found.add(new Found(false, "TornadoVM finds no device: " + String.join("; ", last)));
    }
    return found;
  }

  private static int exitCode(Process process) {
    try {
      if (process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return -1;
  }
}
