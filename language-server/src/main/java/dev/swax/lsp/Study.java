package dev.swax.lsp;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.model.PartAnalysis;
import dev.swax.compiler.analyze.module.Modules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.analyze.symbol.Symbols;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.Severity;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.SyntaxFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One state of a file, worked out as far as its faults let one. */
final class Study {
  private final Workspace workspace;
  private final Parsed parsed;
  private final Module root;
  private final List<SourceFile> used;
  private final List<Diagnostic> diagnostics;
  private final Analysis analysis;
  private final Findings findings = new Findings();
  private final Map<Span, Part> parts = new LinkedHashMap<>();
  private @Nullable Symbols symbols;

  private Study(Workspace workspace, Parsed parsed) {
    this.workspace = workspace;
    this.parsed = parsed;
    var modules = new Modules(workspace, new Diagnostics());
    root = modules.load(parsed.syntax());
    used = files(modules);
    var found = new Diagnostics();
    analysis =
        new Analyzer(workspace, watched(), findings)
            .analyze(parsed.syntax(), Options.none(), found);
    diagnostics = parsed.faults().isEmpty() ? found.inOrder() : parsed.faults();
  }

  static Study of(Workspace workspace, Parsed parsed) {
    return new Study(workspace, parsed);
  }

  /** Keeps the first of each part that is placed somewhere. */
  private PartAnalysis watched() {
    var analyzer = new PartAnalyzer();
    return (placed, reports) -> {
      Optional<Part> part = analyzer.analyze(placed, reports);
      part.ifPresent(made -> parts.putIfAbsent(placed.declaration().name().span(), made));
      return part;
    };
  }

  /** Whether neither its text nor that of an import has changed since. */
  boolean isCurrent() {
    boolean same =
        workspace.find(file().name()).filter(now -> now.file().equals(file())).isPresent();
    if (!same) {
      return false;
    }
    var modules = new Modules(workspace, new Diagnostics());
    modules.load(parsed.syntax());
    return files(modules).equals(used);
  }

  private static List<SourceFile> files(Modules modules) {
    return modules.all().stream().map(module -> module.file().source()).toList();
  }

  SourceFile file() {
    return parsed.file();
  }

  SyntaxFile syntax() {
    return parsed.syntax();
  }

  boolean hasFaultsOfSyntax() {
    return !parsed.faults().isEmpty();
  }

  boolean hasErrors() {
    return diagnostics.stream().anyMatch(one -> one.code().severity() == Severity.ERROR);
  }

  /** Whether it has a place on the disk, which relative paths start at. */
  boolean isFile() {
    try {
      return Path.of(file().name()).isAbsolute();
    } catch (InvalidPathException noPath) {
      return false;
    }
  }

  Module root() {
    return root;
  }

  /** What `swax check` says of the file. */
  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  Analysis analysis() {
    return analysis;
  }

  Findings findings() {
    return findings;
  }

  /** A part as the first model that has it places it, by where its name is declared. */
  Optional<Part> findPart(@Nullable Span name) {
    return Optional.ofNullable(name).map(parts::get);
  }

  Symbols symbols() {
    if (symbols == null) {
      symbols = Symbols.of(root);
    }
    return symbols;
  }
}
