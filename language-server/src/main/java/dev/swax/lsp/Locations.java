package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Occurrence;
import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;

/** Where names are declared, and where they are used. */
final class Locations {
  private final Studies studies;
  private final ProjectFiles project;

  Locations(Studies studies, ProjectFiles project) {
    this.studies = studies;
    this.project = project;
  }

  /** Where the name at a place is declared; of an import, the file. */
  List<Location> definition(Study study, Position position) {
    int offset = Positions.offset(study.file(), position);
    Optional<Span> declared =
        study
            .symbols()
            .find(offset)
            .flatMap(occurrence -> Optional.ofNullable(occurrence.symbol().place()));
    return declared
        .or(() -> imported(study, offset))
        .flatMap(this::location)
        .map(List::of)
        .orElse(List.of());
  }

  private Optional<Span> imported(Study study, int offset) {
    return study.syntax().imports().stream()
        .filter(one -> one.path().span().start() <= offset && offset <= one.path().span().end())
        .findFirst()
        .flatMap(one -> studies.workspace().findImport(one.path().value(), study.file()))
        .map(parsed -> new Span(parsed.file(), 0, 0));
  }

  /** Every place that means what the name at a place means. */
  List<Location> references(Study study, Position position, boolean withDeclaration) {
    return study
        .symbols()
        .find(Positions.offset(study.file(), position))
        .map(occurrence ->
            occurrences(occurrence.symbol()).stream()
                .filter(one -> withDeclaration || !one.declares())
                .flatMap(one -> location(one.span()).stream())
                .toList())
        .orElse(List.of());
  }

  /** All of them in the files of the project. */
  List<Occurrence> occurrences(Symbol symbol) {
    return project.files(symbol.place()).stream()
        .flatMap(name -> studies.of(name).stream())
        .flatMap(file -> file.symbols().of(symbol).stream())
        .toList();
  }

  private Optional<Location> location(Span span) {
    return studies
        .workspace()
        .uri(span.file().name())
        .map(uri -> new Location(uri, Positions.range(span)));
  }
}
