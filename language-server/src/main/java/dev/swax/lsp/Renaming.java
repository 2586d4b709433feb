package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Occurrence;
import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Severity;
import dev.swax.compiler.parse.Word;
import dev.swax.compiler.parse.Words;
import dev.swax.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/** Gives a name another one everywhere, and refuses where that would break a file. */
final class Renaming {
  private final Studies studies;
  private final Locations locations;

  Renaming(Studies studies, Locations locations) {
    this.studies = studies;
    this.locations = locations;
  }

  /** The name that would change. */
  Range prepare(Study study, Position position) {
    return Positions.range(named(study, position).span());
  }

  WorkspaceEdit rename(Study study, Position position, String newName) {
    Symbol symbol = named(study, position).symbol();
    if (!isName(newName)) {
      throw Desk.refusal(
          "`%s` is not a name: letters, digits and `_`, and no word of the language"
              .formatted(newName));
    }
    Map<String, List<Occurrence>> byFile = new LinkedHashMap<>();
    for (Occurrence one : locations.occurrences(symbol)) {
      byFile.computeIfAbsent(one.span().file().name(), _ -> new ArrayList<>()).add(one);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    byFile.forEach((file, places) -> texts.put(file, changed(places, newName)));
    refuseBreaking(texts, newName);
    Map<String, List<TextEdit>> edits = new LinkedHashMap<>();
    byFile.forEach((file, places) ->
        studies
            .workspace()
            .uri(file)
            .ifPresent(uri ->
                edits.put(
                    uri,
                    places.stream()
                        .map(one -> new TextEdit(Positions.range(one.span()), newName))
                        .toList())));
    return new WorkspaceEdit(edits);
  }

  private static Occurrence named(Study study, Position position) {
    Optional<Occurrence> found = study.symbols().find(Positions.offset(study.file(), position));
    if (found.isEmpty()) {
      throw Desk.refusal("no name stands here");
    }
    if (!found.get().symbol().canBeRenamed()) {
      throw Desk.refusal(
          "`%s` belongs to the language or its library, so it keeps its name"
              .formatted(found.get().symbol().name()));
    }
    return found.get();
  }

  private static boolean isName(String text) {
    List<Word> words = Words.of(new SourceFile("", text));
    if (words.size() != 1 || words.getFirst().span().text().length() != text.length()) {
      return false;
    }
    return switch (words.getFirst().kind()) {
      case NAME, CONTEXTUAL -> true;
      default -> false;
    };
  }

  private static String changed(List<Occurrence> places, String newName) {
    var text = new StringBuilder(places.getFirst().span().file().text());
    for (Occurrence one : places.reversed()) {
      text.replace(one.span().start(), one.span().end(), newName);
    }
    return text.toString();
  }

  /** What was right before and is wrong afterwards. */
  private void refuseBreaking(Map<String, String> texts, String newName) {
    Workspace after = studies.workspace().with(texts);
    for (String name : texts.keySet()) {
      long before = studies.of(name).map(Renaming::errors).orElse(0L);
      Study changed = after.find(name).map(parsed -> Study.of(after, parsed)).orElseThrow();
      if (errors(changed) > before) {
        Diagnostic first =
            changed.diagnostics().stream().filter(Renaming::isError).findFirst().orElseThrow();
        throw Desk.refusal(
            "with the name `%s` a file would be wrong: %s, %s"
                .formatted(newName, first.span(), first.message()));
      }
    }
  }

  private static long errors(Study study) {
    return study.diagnostics().stream().filter(Renaming::isError).count();
  }

  private static boolean isError(Diagnostic diagnostic) {
    return diagnostic.code().severity() == Severity.ERROR;
  }
}
