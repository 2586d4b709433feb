package dev.swax.cli.watch;

import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.train.RunDescription;
import dev.swax.runtime.train.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A run directory with a line for each step that a test wants, and without a training. */
record MadeRun(Path path) {
  static MadeRun of(Path path, int steps) throws IOException {
    SequencedMap<String, String> config = new LinkedHashMap<>();
    config.put("train.steps", steps + " step");
    Files.createDirectories(path);
    RunDirectory.writeImported(
        path,
        new RunDescription(
            "edition 1\n",
            new LinkedHashMap<>(),
            config,
            new LinkedHashMap<>(),
            "0.1.0",
            1,
            "cpu",
            List.of()),
        ByteTokenizer.BYTES);
    return new MadeRun(path);
  }

  /** Adds steps; the loss of step n is 1/n. */
  MadeRun tell(int from, int to) throws IOException {
    var lines = new StringBuilder();
    for (int step = from; step <= to; step++) {
      lines.append(
          "{\"step\":%d,\"time\":\"2026-01-01T%02d:%02d:%02dZ\",\"loss\":%s,\"lr\":0.001,\"tokens\":%d}\n"
              .formatted(step, step / 3600, step / 60 % 60, step % 60, 1.0 / step, step * 64));
    }
    return write(lines.toString());
  }

  MadeRun write(String text) throws IOException {
    Files.writeString(
        path.resolve("metrics.jsonl"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return this;
  }
}
