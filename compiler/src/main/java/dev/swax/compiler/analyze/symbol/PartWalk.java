package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.PartStatement;
import dev.swax.compiler.type.PartKind;
import java.util.List;
import java.util.SequencedMap;

/** The body of a cell, a feed-forward, a norm or a block. */
final class PartWalk {
  private final Walk walk;
  private final ExpressionWalk expressions;

  PartWalk(Walk walk) {
    this.walk = walk;
    this.expressions = ExpressionWalk.ofBodies(walk);
  }

  /** {@code names}: what the declaration sees, its parameters included. */
  void body(Declaration.Part part, Names names) {
    SequencedMap<String, Entity> lines = Language.namesOfBodies();
    if (part.kind() == PartKind.BLOCK) {
      lines.put("norm", Language.word("norm", "The norm of the model."));
    }
    part.parameters().forEach(parameter -> lines.remove(parameter.name().text()));
    part.statements().forEach(line -> define(line, lines));
    Names inner = names.with(lines);
    part.statements().forEach(line -> line(line, inner));
  }

  private static List<Expression.Name> defined(PartStatement line) {
    return switch (line) {
      case PartStatement.State state -> List.of(state.name());
      case PartStatement.Define define -> define.names();
      case PartStatement.Update _ -> List.of();
    };
  }

  private static void define(PartStatement line, SequencedMap<String, Entity> lines) {
    for (Expression.Name name : defined(line)) {
      lines.put(name.text(), Entity.plain(symbol(name, line)));
    }
  }

  /** What the result is called belongs to the language. */
  private static Symbol symbol(Expression.Name name, PartStatement line) {
    Symbol symbol = Descriptions.value(name, line);
    return name.text().equals("out")
        ? new Symbol(
            Symbol.Kind.KEY, "out", name.span(), symbol.detail(), "The result of the part.")
        : symbol;
  }

  private void line(PartStatement line, Names names) {
    for (Expression.Name name : defined(line)) {
      if (!walk.asks(name, () -> Site.ofKeys(List.of(), " = ", "state"))) {
        walk.declares(name, symbol(name, line));
      }
    }
    switch (line) {
      case PartStatement.State state -> shape(state.shape(), names);
      case PartStatement.Define define -> {
        shape(define.shape(), names);
        if (define.groups() != null) {
          expressions.expression(define.groups(), names, Wanted.SIZE);
        }
        expressions.expression(define.value(), names, Wanted.ANY);
      }
      case PartStatement.Update update -> {
        walk.uses(update.state(), names.find(update.state().text()));
        expressions.expression(update.value(), names, Wanted.ANY);
      }
    }
  }

  private void shape(List<Expression> shape, Names names) {
    shape.forEach(size -> expressions.expression(size, names, Wanted.SIZE));
  }
}
