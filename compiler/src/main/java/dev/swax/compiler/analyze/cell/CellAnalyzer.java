package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cell declaration at one place of use: parameters to numbers, body to terms, terms to a family.
 */
public final class CellAnalyzer {
  /** The parameter that says how many heads a cell has; 1 without it. */
  private static final String HEADS = "heads";

  private CellAnalyzer() {}

  /**
   * The cell of a declaration, or nothing after its faults are reported.
   *
   * @param arguments what the place of use gives, by parameter
   * @param width of the model
   * @param blocks layers of the model
   */
  public static Optional<Cell> analyze(
      Declaration.Cell declaration,
      Map<String, CellArgument> arguments,
      int width,
      int blocks,
      Diagnostics diagnostics) {
    var body = new CellBody(width, blocks, diagnostics);
    bindParameters(declaration, arguments, body);
    if (body.failed()) {
      return Optional.empty();
    }
    new BodyChecker(body).check(declaration.statements());
    return body.failed()
        ? Optional.empty()
        : Optional.ofNullable(new Classifier(body, declaration).classify());
  }

  private static void bindParameters(
      Declaration.Cell declaration, Map<String, CellArgument> arguments, CellBody body) {
    var expressions = new ExpressionChecker(body);
    int heads = 1;
    for (Declaration.Parameter parameter : declaration.parameters()) {
      String name = parameter.name().text();
      Double value = value(declaration, parameter, arguments.get(name), body, expressions);
      if (value == null) {
        continue;
      }
      CellArgument argument = arguments.get(name);
      Span span = argument == null ? parameter.span() : argument.span();
      body.number(name, value, span);
      if (name.equals(HEADS)) {
        heads = heads(body, value, span);
      }
    }
    body.heads(heads);
  }

  private static @Nullable Double value(
      Declaration.Cell declaration,
      Declaration.Parameter parameter,
      @Nullable CellArgument argument,
      CellBody body,
      ExpressionChecker expressions) {
    if (argument != null) {
      return argument.value();
    }
    if (parameter.defaultValue() != null) {
      return expressions.number(parameter.defaultValue());
    }
    body.report(
        new Diagnostic(
            Code.CELL_ARGUMENTS,
            parameter.name().span(),
            "`%s` has no default, so every use of `%s` gives it"
                .formatted(parameter.name().text(), declaration.name().text()),
            List.of(),
            "%s(%s: …)".formatted(declaration.name().text(), parameter.name().text())));
    return null;
  }

  private static int heads(CellBody body, double value, Span span) {
    if (value == Math.rint(value) && value >= 1 && value <= body.width()) {
      return (int) value;
    }
    body.report(
        Code.CELL_NUMBER,
        span,
        "`heads` is %s, but a cell of width %d has a whole number of heads from 1 to %d"
            .formatted(Numbers.text(value), body.width(), body.width()),
        null);
    return 1;
  }
}
