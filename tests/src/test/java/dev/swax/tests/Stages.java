package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.input.Input;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.SourceReader;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs a file through the stages that look for faults, as the command line does. */
public final class Stages {
  /** The families of codes that the stages below report; each of their codes needs a case. */
  static final List<String> FAMILIES = List.of("SWX1", "SWX2", "SWX3", "SWX4");

  private Stages() {}

  /** Everything that is wrong with a file of {@code folder}; messages leave the folder out. */
  static List<Diagnostic> diagnose(Path folder, Path path) {
    List<String> settings = given(path, "// --set ");
    if (!settings.isEmpty()) {
      return withSettings(folder, path, settings);
    }
    var diagnostics = new Diagnostics();
    read(folder, path, diagnostics).ifPresent(file -> check(file, folder, diagnostics));
    return diagnostics.inOrder();
  }

  /** What its comments say after {@code // --set} and {@code // --profile} is set. */
  private static List<Diagnostic> withSettings(Path folder, Path path, List<String> settings) {
    String name = folder.relativize(path.normalize()).toString().replace('\\', '/');
    var file = new SourceFile(name, Golden.read(path));
    String profile = given(path, "// --profile ").stream().findFirst().orElse(null);
    return new Input(file, profile, settings, false, new FileModules(folder)).diagnose().found();
  }

  private static List<String> given(Path path, String option) {
    try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(option))
          .map(line -> line.substring(option.length()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file of {@code folder} means; it has no error. */
  public static Analysis analyze(Path folder, Path path) {
    var diagnostics = new Diagnostics();
    Optional<Analysis> analysis =
        read(folder, path, diagnostics).map(file -> check(file, folder, diagnostics));
    assertThat(diagnostics.hasErrors()).as(DiagnosticRenderer.render(diagnostics.all())).isFalse();
    return analysis.orElseThrow();
  }

  /** The same of a file's text, whose name is its path from {@code folder}. */
  public static Analysis analyze(Path folder, SourceFile file) {
    var diagnostics = new Diagnostics();
    Analysis analysis = check(Parser.parse(file, diagnostics), folder, diagnostics);
    assertThat(diagnostics.hasErrors()).as(DiagnosticRenderer.render(diagnostics.all())).isFalse();
    return analysis;
  }

  /** The stages after parsing, in their order; each runs only if those before found no error. */
  private static Analysis check(SyntaxFile file, Path folder, Diagnostics diagnostics) {
    return diagnostics.hasErrors()
        ? Analysis.empty()
        : new Analyzer(new FileModules(folder), new PartAnalyzer())
            .analyze(file, Options.none(), diagnostics);
  }

  private static Optional<SyntaxFile> read(Path folder, Path path, Diagnostics diagnostics) {
    String name = folder.relativize(path.normalize()).toString().replace('\\', '/');
    return switch (SourceReader.read(path, name)) {
      case SourceReader.Read(SourceFile file) -> Optional.of(Parser.parse(file, diagnostics));
      case SourceReader.Refused(String message, String help) -> {
        diagnostics.report(
            Code.UNREADABLE_TEXT, new Span(new SourceFile(name, ""), 0, 0), message, help);
        yield Optional.empty();
      }
    };
  }
}
