package dev.swax.compiler.analyze.part;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.analyze.model.PartAnalysis;
import dev.swax.compiler.analyze.part.body.BodyChecker;
import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.family.PlainAssembly;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.util.Optional;

/** A part at one place of use: body to terms; where there is a state, terms to a family. */
public final class PartAnalyzer implements PartAnalysis {
  /** The parameter that says how many heads a cell has; 1 without it. */
  private static final String HEADS = "heads";

  /** Numbers that differ between heads are written out for each. */
  private static final int MOST_HEADS = 16_384;

  @Override
  public Optional<Part> analyze(PlacedPart placed, Diagnostics diagnostics) {
    var body = new PartBody(placed, diagnostics);
    bindParameters(placed, body);
    if (body.failed()) {
      return Optional.empty();
    }
    new BodyChecker(body).check(placed.declaration().statements());
    if (body.failed()) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        body.states().isEmpty() ? new PlainAssembly(body).part() : new Classifier(body).classify());
  }

  private static void bindParameters(PlacedPart placed, PartBody body) {
    int heads = 1;
    for (Declaration.Parameter parameter : placed.declaration().parameters()) {
      String name = parameter.name().text();
      Argument argument = placed.arguments().get(name);
      Span place = placed.places().getOrDefault(name, parameter.span());
      if (!(argument instanceof Argument.Numeric(Quantity quantity))) {
        body.parameter(name, place);
        continue;
      }
      body.number(name, quantity.value().toDouble(), place);
      if (name.equals(HEADS)) {
        heads = heads(body, quantity.value(), placed);
      }
    }
    body.heads(heads);
  }

  private static int heads(PartBody body, Rational value, PlacedPart placed) {
    int most = Math.min(placed.width(), MOST_HEADS);
    if (value.isWhole() && value.signum() > 0 && value.compareTo(Rational.of(most)) <= 0) {
      return (int) value.toLong();
    }
    body.report(
        Code.CELL_NUMBER,
        placed.places().getOrDefault(HEADS, placed.use()),
        "`heads` is %s, but `%s` in a model of width %d needs a whole number of heads from 1 to %d"
            .formatted(value, placed.declaration().name().text(), placed.width(), most),
        null);
    return 1;
  }
}
