package dev.swax.lsp;

import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Severity;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Range;

/** What is wrong with a file, as editors have it: message and help, and the second places. */
final class DiagnosticList {
  private final Workspace workspace;
  private final Study study;

  DiagnosticList(Workspace workspace, Study study) {
    this.workspace = workspace;
    this.study = study;
  }

  /** Those of the text itself. */
  List<org.eclipse.lsp4j.Diagnostic> all() {
    return of(study.diagnostics());
  }

  List<org.eclipse.lsp4j.Diagnostic> of(List<Diagnostic> faults) {
    return faults.stream().map(this::diagnostic).toList();
  }

  private org.eclipse.lsp4j.Diagnostic diagnostic(Diagnostic fault) {
    boolean own = fault.span().file().equals(study.file());
    var diagnostic =
        new org.eclipse.lsp4j.Diagnostic(
            own ? Positions.range(fault.span()) : importOf(fault.span().file()),
            text(fault, own),
            severity(fault),
            "swax",
            fault.code().label());
    diagnostic.setRelatedInformation(related(fault, own));
    return diagnostic;
  }

  static String text(Diagnostic fault, boolean own) {
    String where = own ? "" : fault.span() + ": ";
    String help = fault.help() == null ? "" : "\nhelp: " + fault.help();
    return where + fault.message() + help;
  }

  private static DiagnosticSeverity severity(Diagnostic fault) {
    return fault.code().severity() == Severity.ERROR
        ? DiagnosticSeverity.Error
        : DiagnosticSeverity.Warning;
  }

  /** Where a file is imported; one that an import imports is shown at the first import. */
  private Range importOf(SourceFile other) {
    List<SyntaxFile.Import> imports = study.syntax().imports();
    Optional<SyntaxFile.Import> direct =
        imports.stream()
            .filter(imported -> other.name().endsWith(suffix(imported.path().value())))
            .findFirst();
    return direct
        .or(() -> imports.stream().findFirst())
        .map(imported -> Positions.range(imported.path().span()))
        .orElseGet(() ->
            new Range(Positions.position(study.file(), 0), Positions.position(study.file(), 0)));
  }

  private static String suffix(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return file.endsWith(".swax") ? file : file + ".swax";
  }

  private List<DiagnosticRelatedInformation> related(Diagnostic fault, boolean own) {
    List<DiagnosticRelatedInformation> related = new ArrayList<>();
    if (!own) {
      workspace
          .uri(fault.span().file().name())
          .ifPresent(uri ->
              related.add(
                  new DiagnosticRelatedInformation(
                      new Location(uri, Positions.range(fault.span())), fault.message())));
    }
    for (Diagnostic.Note note : fault.notes()) {
      workspace
          .uri(note.span().file().name())
          .ifPresent(uri ->
              related.add(
                  new DiagnosticRelatedInformation(
                      new Location(uri, Positions.range(note.span())), note.message())));
    }
    return related;
  }
}
