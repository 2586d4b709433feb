package dev.swax.lsp;

import dev.swax.compiler.analyze.symbol.Occurrence;
import dev.swax.compiler.analyze.symbol.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;

/** What is known of a name: its declaration, its documentation, facts. */
final class Hovers {
  private final Facts facts;

  Hovers(Studies studies) {
    this.facts = new Facts(studies);
  }

  Optional<Hover> at(Study study, Position position) {
    return study
        .symbols()
        .find(Positions.offset(study.file(), position))
        .map(occurrence -> hover(study, occurrence));
  }

  private Hover hover(Study study, Occurrence occurrence) {
    Symbol symbol = occurrence.symbol();
    List<String> parts = new ArrayList<>();
    parts.add("```swax\n" + symbol.detail() + "\n```");
    if (!symbol.documentation().isEmpty()) {
      parts.add(symbol.documentation());
    }
    parts.addAll(facts.of(study, symbol));
    var content = new MarkupContent(MarkupKind.MARKDOWN, String.join("\n\n", parts));
    return new Hover(content, Positions.range(occurrence.span()));
  }
}
