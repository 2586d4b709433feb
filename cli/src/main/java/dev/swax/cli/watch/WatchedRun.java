package dev.swax.cli.watch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.cli.observe.MetricTail;
import dev.swax.cli.observe.RunCurves;
import dev.swax.cli.observe.RunState;
import dev.swax.cli.run.RunSettings;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A run that is watched. Any thread may ask it; one reads on. */
final class WatchedRun {
  private static final JsonMapper JSON = new JsonMapper();

  /** {@code 600 step}, or what it was before and the same. */
  private static final Pattern STEPS = Pattern.compile("(?:.* )?([0-9]{1,18}) step");

  private final String id;
  private final Path path;
  private final MetricTail tail;
  private final CloseLook closeLook;
  private RunCurves curves = new RunCurves();
  private SequencedMap<String, String> settings = new LinkedHashMap<>();
  private @Nullable FileTime settingsOf;
  private RunState state = RunState.STOPPED;
  private @Nullable String trouble;
  private boolean behind = true;

  WatchedRun(String id, Path path) {
    this.id = id;
    this.path = path;
    this.tail = new MetricTail(path.resolve(Metrics.FILE));
    this.closeLook = new CloseLook(path.resolve(Metrics.FILE));
  }

  String id() {
    return id;
  }

  Path path() {
    return path;
  }

  /**
   * Reads at most one block of what is new; what cannot be read is kept as its trouble.
   *
   * @return whether there is more
   */
  synchronized boolean read() {
    try {
      readSettings();
      behind = tail.read(() -> curves = new RunCurves(), line -> curves.line(line));
      state =
          settings.containsKey("run.imported")
              ? RunState.IMPORTED
              : hasEnded() ? RunState.DONE : RunState.of(path, curves.step(), steps());
      trouble = null;
    } catch (IOException e) {
      trouble = Reasons.of(e);
      behind = false;
    } catch (UserError e) {
      trouble = String.valueOf(e.getMessage());
      behind = false;
    }
    return behind;
  }

  private void readSettings() throws IOException {
    FileTime changed = Files.getLastModifiedTime(path.resolve("manifest.json"));
    if (!changed.equals(settingsOf)) {
      settings = RunSettings.of(path);
      settingsOf = changed;
    }
  }

  /** Whether it ended before its last step, by its own rule. */
  private boolean hasEnded() {
    return settings.containsKey(RunSettings.ENDED);
  }

  /** How many steps it is to have; 0 where that is not known. */
  private long steps() {
    String text = settings.getOrDefault("train.steps", "");
    Matcher last = STEPS.matcher(text);
    return last.matches() ? Long.parseLong(last.group(1)) : 0;
  }

  /** Writes the curves of these names. */
  synchronized void write(CurveJson json, Set<String> names) throws IOException {
    json.write(closeLook.at(json.view(), curves), names);
  }

  /** Its settings by path. */
  synchronized SequencedMap<String, String> settings() {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
  }

  /** A line of the list of runs. */
  synchronized ObjectNode summary() {
    ObjectNode node = JSON.createObjectNode().put("id", id).put("state", state.word());
    node.put("step", curves.step()).put("steps", steps());
    node.put("tokens", curves.tokens()).put("seconds", curves.seconds());
    if (hasEnded()) {
      node.put("ended", settings.get(RunSettings.ENDED));
    }
    node.put("behind", behind).put("damaged", curves.damaged());
    if (trouble != null) {
      node.put("trouble", trouble);
    }
    ObjectNode last = node.putObject("last");
    curves
        .last()
        .forEach((name, value) -> {
          if (Double.isFinite(value)) {
            last.put(name, value);
          }
        });
    return node;
  }
}
