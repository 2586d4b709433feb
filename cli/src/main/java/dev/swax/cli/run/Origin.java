package dev.swax.cli.run;

import dev.swax.cli.input.Input;
import dev.swax.cli.input.Selection;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a run was started: enough to read its {@code run.swax} again as it was meant then. Kept as
 * the first lines of config.txt.
 *
 * @param file absolute; imports and text are found from there
 * @param settings as typed
 * @param train the block that was chosen
 * @param column of a grid that the run is for, or null
 */
record Origin(
    String file,
    @Nullable String profile,
    List<String> settings,
    String train,
    @Nullable ColumnChoice column) {
  private static final String SOURCE = "run.swax";
  private static final String CONFIG = "config.txt";
  private static final String EQUALS = " = ";

  Origin {
    settings = List.copyOf(settings);
  }

  static Origin of(Input input, String train, @Nullable ColumnChoice column) {
    String file = Path.of(input.file().name()).toAbsolutePath().normalize().toString();
    List<String> settings =
        input.settings().stream().map(setting -> setting.replaceAll("\\s*\\R\\s*", " ")).toList();
    return new Origin(file, input.profile(), settings, train, column);
  }

  /** The lines of config.txt, by path. */
  SequencedMap<String, String> lines() {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("run.file", file);
    if (profile != null) {
      lines.put("run.profile", profile);
    }
    for (int i = 0; i < settings.size(); i++) {
      lines.put("run.set." + (i + 1), settings.get(i));
    }
    lines.put("run.train", train);
    if (column != null) {
      lines.put("run.grid", column.grid());
      lines.put("run.column", column.label());
      lines.put("run.seed", Long.toString(column.seed()));
    }
    return lines;
  }

  /** That of the run in a folder. */
  static Origin read(Path run) {
    SequencedMap<String, String> lines = config(run);
    List<String> settings = new ArrayList<>();
    for (int i = 1; lines.containsKey("run.set." + i); i++) {
      settings.add(lines.getOrDefault("run.set." + i, ""));
    }
    return new Origin(
        required(run, lines, "run.file"),
        lines.get("run.profile"),
        settings,
        required(run, lines, "run.train"),
        column(run, lines));
  }

  private static @Nullable ColumnChoice column(Path run, SequencedMap<String, String> lines) {
    String grid = lines.get("run.grid");
    return grid == null
        ? null
        : new ColumnChoice(
            grid,
            required(run, lines, "run.column"),
            Long.parseLong(required(run, lines, "run.seed")));
  }

  /** The plan that the run follows. */
  TrainPlan plan(Analysis analysis) {
    return column == null ? Selection.train(analysis, file, train) : column.plan(analysis, file);
  }

  /** The file as it was when the run began. */
  Input input(Path run) {
    var source = new SourceFile(file, text(run.resolve(SOURCE)));
    return new Input(source, profile, settings, false);
  }

  /** Every line of a run's config.txt. */
  static SequencedMap<String, String> config(Path run) {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    for (String line : text(run.resolve(CONFIG)).lines().toList()) {
      int equals = line.indexOf(EQUALS);
      if (equals > 0) {
        lines.put(line.substring(0, equals), line.substring(equals + EQUALS.length()));
      }
    }
    return lines;
  }

  private static String required(Path run, SequencedMap<String, String> lines, String key) {
    String value = lines.get(key);
    if (value == null) {
      throw new UserError("%s does not say `%s`".formatted(run.resolve(CONFIG), key), null);
    }
    return value;
  }

  private static String text(Path path) {
    if (!Files.exists(path)) {
      throw new UserError(
          "%s is not a run directory: it has no %s"
              .formatted(path.toAbsolutePath().normalize().getParent(), path.getFileName()),
          "`swax train FILE` starts a run");
    }
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(path, e.getMessage()), null);
    }
  }
}
