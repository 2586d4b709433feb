package dev.swax.lsp;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.symbol.Symbol;
import dev.swax.compiler.facts.FactSheet;
import dev.swax.compiler.facts.InfoText;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartPrinter;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the compiler has worked out about a name, in Markdown. */
final class Facts {
  private final Studies studies;

  Facts(Studies studies) {
    this.studies = studies;
  }

  List<String> of(Study study, Symbol symbol) {
    Span place = symbol.place();
    if (place == null) {
      return List.of();
    }
    Study home = home(study, place);
    return switch (symbol.kind()) {
      case MODEL -> model(home, place).map(List::of).orElse(List.of());
      case CELL, FFN, NORM, BLOCK ->
          study
              .findPart(place)
              .or(() -> home.findPart(place))
              .map(part -> List.of(part(part)))
              .orElse(List.of());
      default ->
          Values.find(home.syntax(), place)
              .flatMap(value -> home.findings().find(value))
              .map(finding -> List.of(finding(finding)))
              .orElse(List.of());
    };
  }

  /** The file in which the name is declared, worked out by itself. */
  private Study home(Study study, Span place) {
    return place.file().equals(study.file())
        ? study
        : studies.of(place.file().name()).orElse(study);
  }

  private static Optional<String> model(Study home, Span place) {
    Analysis analysis = home.analysis();
    Optional<Architecture> found =
        home.syntax().declarations().stream()
            .filter(declaration -> declaration.name().span().equals(place))
            .findFirst()
            .map(Declaration::name)
            .map(Expression.Name::text)
            .flatMap(analysis::findModel);
    return found.map(model -> {
      FactSheet sheet =
          FactSheet.of(
              model, analysis.usage(model), Lowering::trainingBytes, analysis.findOptimizer(model));
      return block(InfoText.render(List.of(sheet)));
    });
  }

  private static String part(Part part) {
    return block(PartPrinter.explain(part));
  }

  static String finding(Findings.Finding finding) {
    return switch (finding) {
      case Findings.Amount(String text) -> "Its value: `%s`".formatted(text);
      case Findings.Elements(int count) ->
          "A list of %d element%s".formatted(count, count == 1 ? "" : "s");
      case Findings.Window(WindowSchedule schedule) -> window(schedule);
      case Findings.Other() -> "It differs from use to use.";
    };
  }

  private static String window(WindowSchedule schedule) {
    List<String> lines = new ArrayList<>();
    lines.add("Drawn: `%s`".formatted(schedule.describe()));
    lines.add(
        "At most %d keys, the current one included; tested at %d"
            .formatted(schedule.max(), schedule.testValue()));
    return String.join("\n\n", lines);
  }

  private static String block(String text) {
    return "```text\n" + text.stripTrailing() + "\n```";
  }
}
