package dev.swax.cli.run;

import dev.swax.cli.input.Input;
import dev.swax.cli.input.SavedModules;
import dev.swax.cli.input.Selection;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.FileNames;
import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.Manifest;
import dev.swax.runtime.train.RunFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a run was started: enough to read its {@code run.swax} again as it was meant then. Kept as
 * the first lines of config.txt, beside the imported files in the folder {@code imports}.
 *
 * <p>Where the file is, config.txt says twice: from the run's own folder, so that both can be moved
 * and copied together; and where it was when the run began, for a run that was moved alone.
 *
 * @param file absolute; text is found from there
 * @param settings as typed
 * @param imports every imported file, with its path from the folder of {@code file}, or its path in
 *     the standard library, as its name
 * @param tokenizer path of the file that the tokenizer is made of, from the folder of {@code file};
 *     null where it is made of none
 * @param train the block that was chosen
 * @param column of a grid that the run is for, or null
 */
record Origin(
    String file,
    @Nullable String profile,
    List<String> settings,
    List<SourceFile> imports,
    @Nullable String tokenizer,
    String train,
    @Nullable ColumnChoice column) {
  private static final String TOKENIZER = "run.tokenizer";
  private static final String FILE = "run.file";
  private static final String BEGAN = "run.began";

  Origin {
    settings = List.copyOf(settings);
    imports = List.copyOf(imports);
  }

  static Origin of(Input input, Tokenizer tokenizer, String train, @Nullable ColumnChoice column) {
    String file = Path.of(input.file().name()).toAbsolutePath().normalize().toString();
    List<SourceFile> imports =
        input.imports().stream()
            .map(imported -> new SourceFile(relative(imported.name(), file), imported.text()))
            .toList();
    String read =
        tokenizer.files().stream()
            .findFirst()
            .map(path -> relative(path.toString(), file))
            .orElse(null);
    return new Origin(file, input.profile(), input.settings(), imports, read, train, column);
  }

  private static String relative(String name, String file) {
    return FileModules.isStandard(name)
        ? name
        : folder(file)
            .relativize(Path.of(name).toAbsolutePath().normalize())
            .toString()
            .replace('\\', '/');
  }

  private static Path folder(String file) {
    return Path.of(file).resolveSibling(".").normalize();
  }

  /** The text of each import, by its path below the folder of imports. */
  SequencedMap<String, String> importedText() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < imports.size(); i++) {
      texts.put(savedName(i + 1, imports.get(i).name()), imports.get(i).text());
    }
    return texts;
  }

  private static String savedName(int number, String name) {
    return number + "-" + name.substring(name.lastIndexOf('/') + 1);
  }

  /** The lines of config.txt of the run in a folder, by path. */
  SequencedMap<String, String> lines(Path run) {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put(FILE, Place.from(run, Path.of(file)));
    lines.put(BEGAN, file);
    if (profile != null) {
      lines.put("run.profile", profile);
    }
    for (int i = 0; i < settings.size(); i++) {
      lines.put("run.set." + (i + 1), settings.get(i));
    }
    for (int i = 0; i < imports.size(); i++) {
      lines.put("run.import." + (i + 1), imports.get(i).name());
    }
    if (tokenizer != null) {
      lines.put(TOKENIZER, tokenizer);
    }
    lines.put("run.train", train);
    if (column != null) {
      lines.put("run.grid", column.grid());
      lines.put("run.column", column.label());
      lines.put("run.seed", Long.toString(column.seed()));
    }
    return lines;
  }

  /** That of the run in a folder as it is now; what stands there may be from anybody. */
  static Origin read(Path run) {
    Origin origin = readAsBegun(run);
    for (Manifest.Change change : RunFiles.of(run).changes()) {
      origin = origin.with(change.settings());
    }
    return origin;
  }

  /** The same with further settings; of those of one path, the last. */
  Origin with(List<String> further) {
    SequencedMap<String, String> byPath = new LinkedHashMap<>();
    Stream.concat(settings.stream(), further.stream())
        .forEach(setting -> byPath.put(setting.split("=", 2)[0].strip(), setting));
    List<String> all = List.copyOf(byPath.sequencedValues());
    return new Origin(file, profile, all, imports, tokenizer, train, column);
  }

  /** That of the run in a folder when it began. */
  static Origin readAsBegun(Path run) {
    RunFiles files = RunFiles.of(run);
    SequencedMap<String, String> lines = files.config();
    List<String> names = numbered("run.import.", lines);
    names.forEach(FileNames::requirePlain);
    List<String> saved = new ArrayList<>();
    names.forEach(name -> saved.add(savedName(saved.size() + 1, name)));
    List<String> texts = List.copyOf(files.imports(saved).sequencedValues());
    List<SourceFile> imports = new ArrayList<>();
    for (String name : names) {
      imports.add(new SourceFile(name, texts.get(imports.size())));
    }
    return new Origin(
        place(run, lines).file().toString(),
        lines.get("run.profile"),
        settings(lines),
        imports,
        lines.containsKey(TOKENIZER) ? plain(required(run, lines, TOKENIZER)) : null,
        required(run, lines, "run.train"),
        column(run, lines));
  }

  /**
   * A run that says nothing of lanes has one, whatever its file would make of it by now. The train
   * block of a grid's cell may be out of reach of settings, in the import of an import; a cell that
   * is older than lanes is not taken for a result.
   */
  private static List<String> settings(SequencedMap<String, String> lines) {
    List<String> settings = numbered("run.set.", lines);
    if (!lines.containsKey("train.lanes") && !lines.containsKey("run.grid")) {
      settings.add("train.lanes=1");
    }
    return settings;
  }

  /** Where the file of the run in a folder is now. */
  static Place place(Path run) {
    return place(run, RunFiles.of(run).config());
  }

  private static Place place(Path run, SequencedMap<String, String> lines) {
    String file = plain(required(run, lines, FILE));
    return Place.of(run, file, plain(lines.getOrDefault(BEGAN, file)));
  }

  private static String plain(String name) {
    FileNames.requirePlain(name);
    return name;
  }

  private static List<String> numbered(String key, SequencedMap<String, String> lines) {
    List<String> values = new ArrayList<>();
    for (int i = 1; lines.containsKey(key + i); i++) {
      values.add(lines.getOrDefault(key + i, ""));
    }
    return values;
  }

  private static @Nullable ColumnChoice column(Path run, SequencedMap<String, String> lines) {
    String grid = lines.get("run.grid");
    return grid == null
        ? null
        : new ColumnChoice(
            grid, required(run, lines, "run.column"), seed(run, required(run, lines, "run.seed")));
  }

  private static long seed(Path run, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UserError(
          "%s says `run.seed = %s`, but a seed is a whole number"
              .formatted(run.resolve(RunFiles.CONFIG), text),
          null);
    }
  }

  /** The plan that the run follows. */
  TrainPlan plan(Analysis analysis) {
    return column == null ? Selection.train(analysis, file, train) : column.plan(analysis, file);
  }

  /** The file and what it imports as they were when the run began. */
  Input input(Path run) {
    var source = new SourceFile(file, RunFiles.of(run).source());
    return new Input(source, profile, settings, false, savedModules(run));
  }

  private SavedModules savedModules(Path run) {
    return new SavedModules(
        imports.stream()
            .map(saved -> new SourceFile(absolute(saved.name()), saved.text()))
            .toList(),
        findTokenizer().map(path -> Map.of(path, RunFiles.tokenizer(run))).orElseGet(Map::of),
        isPlain() ? train : null);
  }

  /** Whether nothing but the train block is other than in the file: settings may be of any. */
  private boolean isPlain() {
    return column == null
        && profile == null
        && settings.stream().allMatch(setting -> setting.startsWith("train."));
  }

  /** Where its tokenizer was read from; empty where that was no file. */
  Optional<Path> findTokenizer() {
    return Optional.ofNullable(tokenizer).map(name -> folder(file).resolve(name).normalize());
  }

  private String absolute(String name) {
    return FileModules.isStandard(name)
        ? name
        : folder(file).resolve(name).normalize().toString().replace('\\', '/');
  }

  private static String required(Path run, SequencedMap<String, String> lines, String key) {
    String value = lines.get(key);
    if (value == null) {
      throw new UserError(
          "%s does not say `%s`".formatted(run.resolve(RunFiles.CONFIG), key), null);
    }
    return value;
  }
}
