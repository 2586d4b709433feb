package dev.swax.cli.compare;

import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Runs side by side. */
public record Comparison(List<ComparedRun> runs, List<Setting> settings, List<Result> results) {
  /** What a run that does not say it has in a table. */
  static final String NOTHING = "-";

  public Comparison {
    runs = List.copyOf(runs);
    settings = List.copyOf(settings);
    results = List.copyOf(results);
  }

  /**
   * One setting of every run.
   *
   * @param values of each run, {@value #NOTHING} where it does not say it
   */
  record Setting(String path, List<String> values) {
    Setting {
      values = List.copyOf(values);
    }

    boolean differs() {
      return values.stream().distinct().count() > 1;
    }
  }

  /** Reads the runs in these folders. */
  public static Comparison of(List<Path> folders) {
    List<ComparedRun> runs = new ArrayList<>();
    List<String> labels = labels(folders);
    for (int i = 0; i < folders.size(); i++) {
      runs.add(ComparedRun.read(labels.get(i), folders.get(i)));
    }
    return new Comparison(runs, settings(runs), Result.of(runs));
  }

  /** The last name of each folder, with as many of those above it as tell all apart. */
  static List<String> labels(List<Path> folders) {
    List<Path> whole = folders.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    for (Path path : whole) {
      if (whole.indexOf(path) != whole.lastIndexOf(path)) {
        throw new UserError("the run `%s` is given twice".formatted(path), "give it once");
      }
    }
    for (int names = 1; ; names++) {
      int kept = names;
      List<String> labels = whole.stream().map(path -> end(path, kept)).toList();
      boolean complete = whole.stream().allMatch(path -> path.getNameCount() <= kept);
      if (labels.stream().distinct().count() == labels.size() || complete) {
        return labels;
      }
    }
  }

  private static String end(Path path, int names) {
    int count = path.getNameCount();
    return count <= names ? path.toString() : path.subpath(count - names, count).toString();
  }

  private static List<Setting> settings(List<ComparedRun> runs) {
    SequencedSet<String> paths = new LinkedHashSet<>();
    runs.forEach(run -> paths.addAll(run.settings().keySet()));
    return paths.stream()
        .map(path ->
            new Setting(
                path,
                runs.stream().map(run -> run.settings().getOrDefault(path, NOTHING)).toList()))
        .toList();
  }

  List<String> labels() {
    return runs.stream().map(ComparedRun::label).toList();
  }

  /** What a reader wants to know beside the tables. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (ComparedRun run : runs) {
      if (run.curves().step() == 0) {
        notes.add("%s has no steps".formatted(run.label()));
      }
      if (run.curves().damaged() > 0) {
        notes.add(
            "%s: damaged lines of metrics.jsonl that are left out: %d"
                .formatted(run.label(), run.curves().damaged()));
      }
      if (!run.settings().containsKey("model.name")) {
        notes.add(
            "%s: this swax cannot read its run.swax, so its model is not shown"
                .formatted(run.label()));
      }
    }
    return notes;
  }
}
