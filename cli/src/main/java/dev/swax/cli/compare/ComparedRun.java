package dev.swax.cli.compare;

import dev.swax.cli.observe.MetricTail;
import dev.swax.cli.observe.RunCurves;
import dev.swax.cli.run.RunSettings;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One of the runs that are compared, as it is now.
 *
 * @param label that tells it from the others
 * @param settings what decides it, by path
 * @param curves what it has told; not copied
 */
record ComparedRun(
    String label, Path path, SequencedMap<String, String> settings, RunCurves curves) {

  static ComparedRun read(String label, Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserError("there is no run `%s`".formatted(path), "`swax train FILE` starts one");
    }
    SequencedMap<String, String> settings = new LinkedHashMap<>(RunSettings.model(path));
    settings.putAll(RunSettings.of(path));
    return new ComparedRun(label, path, settings, curves(path.resolve(Metrics.FILE)));
  }

  private static RunCurves curves(Path file) {
    var curves = new RunCurves();
    var tail = new MetricTail(file);
    try {
      boolean more = true;
      while (more) {
        more = tail.read(() -> {}, curves::line);
      }
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
    return curves;
  }
}
