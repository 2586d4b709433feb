package dev.swax.cli.input;

import dev.swax.cli.Console;
import dev.swax.cli.Rejected;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.module.ModuleLoader;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.Severity;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A file and what is set on it from outside.
 *
 * @param settings as typed, {@code path=value}
 * @param options the option that was typed for a setting, of those that were not typed themselves
 * @param json whether faults are printed for programs
 * @param modules where imports are found
 */
public record Input(
    SourceFile file,
    @Nullable String profile,
    List<String> settings,
    SequencedMap<String, String> options,
    boolean json,
    ModuleLoader modules) {
  public Input {
    settings = List.copyOf(settings);
    options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
  }

  /** Every setting was typed as one. */
  public Input(
      SourceFile file,
      @Nullable String profile,
      List<String> settings,
      boolean json,
      ModuleLoader modules) {
    this(file, profile, settings, new LinkedHashMap<>(), json, modules);
  }

  /** Imports are files. */
  public Input(SourceFile file, @Nullable String profile, List<String> settings, boolean json) {
    this(file, profile, settings, json, new FileModules(Path.of("")));
  }

  /** Reads the file that the user named. */
  public static SourceFile read(Path path, boolean json) {
    Path normal = path.normalize();
    String name = normal.equals(Path.of("")) ? "." : normal.toString();
    return switch (SourceReader.read(path, name)) {
      case SourceReader.Read(SourceFile file) -> file;
      case SourceReader.Refused(String message, String help) ->
          throw new Rejected(List.of(refused(name, message, help)), json);
    };
  }

  private static Diagnostic refused(String name, String message, @Nullable String help) {
    return new Diagnostic(
        Code.UNREADABLE_TEXT, new Span(new SourceFile(name, ""), 0, 0), message, List.of(), help);
  }

  /** The same with what an option sets, after the settings that are there. */
  public Input with(String option, String setting) {
    List<String> all = new ArrayList<>(settings);
    all.add(setting);
    SequencedMap<String, String> named = new LinkedHashMap<>(options);
    named.put(setting, option);
    return new Input(file, profile, all, named, json, modules);
  }

  /** The same as a run keeps it, which does not know what option a setting was typed as. */
  public Input asKept() {
    return new Input(file, profile, settings, json, modules);
  }

  /** The syntax tree; a file with faults ends the verb. */
  public SyntaxFile parse() {
    var diagnostics = new Diagnostics();
    return accepted(compiler().parse(file, diagnostics), diagnostics);
  }

  /** What the file means; a file with faults ends the verb, warnings are printed. */
  public Analysis analyze(Console console) {
    var diagnostics = new Diagnostics();
    Analysis analysis = accepted(findAnalysis(diagnostics), diagnostics);
    if (!diagnostics.all().isEmpty()) {
      console.diagnostics(asTyped(diagnostics), json);
    }
    return analysis;
  }

  /**
   * What the file means, to train what it says; a typed setting that only changes models as they
   * are declared ends the verb too, and one of the profile is warned of.
   */
  public Analysis analyzeForTraining(Console console) {
    Analysis analysis = analyze(console);
    List<Diagnostic> untrained = analysis.untrained().stream().map(Settings::asTyped).toList();
    if (untrained.stream().anyMatch(d -> d.code().severity() == Severity.ERROR)) {
      throw new Rejected(untrained, json);
    }
    if (!untrained.isEmpty()) {
      console.diagnostics(untrained, json);
    }
    return analysis;
  }

  /** Ends the verb where a typed setting reaches none of the chosen blocks, {@code train small}. */
  public void requireReached(Analysis analysis, List<String> blocks) {
    List<Diagnostic> missing = analysis.missing(blocks).stream().map(Settings::asTyped).toList();
    if (!missing.isEmpty()) {
      throw new Rejected(missing, json);
    }
  }

  /**
   * What a file means, and what is wrong with it.
   *
   * @param analysis empty where an error keeps it from meaning anything
   * @param found errors and warnings of the file and its settings, in their order
   */
  public record Diagnosis(Optional<Analysis> analysis, List<Diagnostic> found) {}

  /** The file, whatever is wrong with it. */
  public Diagnosis diagnose() {
    var diagnostics = new Diagnostics();
    Optional<Analysis> analysis = findAnalysis(diagnostics);
    return new Diagnosis(analysis, asTyped(diagnostics));
  }

  /** What the file means, or nothing after a report of an error. */
  public Optional<Analysis> findAnalysis(Diagnostics diagnostics) {
    var set = new Options(profile, Settings.parse(settings, options, diagnostics));
    return compiler()
        .parse(file, diagnostics)
        .flatMap(syntax -> compiler().analyze(syntax, set, diagnostics));
  }

  /** What the file imports, directly and through others. */
  public List<SourceFile> imports() {
    return SavedModules.of(parse(), modules);
  }

  private Compiler compiler() {
    return new Compiler(modules, new PartAnalyzer());
  }

  private <T> T accepted(Optional<T> result, Diagnostics diagnostics) {
    return result.orElseThrow(() -> new Rejected(asTyped(diagnostics), json));
  }

  private static List<Diagnostic> asTyped(Diagnostics diagnostics) {
    return diagnostics.inOrder().stream().map(Settings::asTyped).toList();
  }
}
