package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Accepted;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what the names in an expression mean. */
final class ExpressionWalk {
  private static final Pattern IN_LABEL = Pattern.compile("\\{(\\w+)}");

  private final Walk walk;
  private final boolean ofBodies;
  private final SequencedMap<String, Entity> functions;

  private ExpressionWalk(Walk walk, boolean ofBodies, SequencedMap<String, Entity> functions) {
    this.walk = walk;
    this.ofBodies = ofBodies;
    this.functions = functions;
  }

  /** Expressions that are evaluated. */
  static ExpressionWalk ofFile(Walk walk) {
    return new ExpressionWalk(walk, false, new LinkedHashMap<>());
  }

  /** Expressions of a grid's lines, which have more functions. */
  static ExpressionWalk ofGrids(Walk walk) {
    return new ExpressionWalk(walk, false, Language.functionsOfGrids());
  }

  /** Expressions of a part's body, which has functions of its own and no names of the file. */
  static ExpressionWalk ofBodies(Walk walk) {
    return new ExpressionWalk(walk, true, Language.functionsOfBodies());
  }

  /** {@code wanted}: what the place of the expression accepts. */
  void expression(Expression expression, Names names, Accepted wanted) {
    switch (expression) {
      case Expression.Literal _ -> {}
      case Expression.Text text -> text(text, names);
      case Expression.Name name -> name(name, names, wanted);
      case Expression.Unary unary -> expression(unary.operand(), names, wanted);
      case Expression.Binary binary -> {
        expression(binary.left(), names, wanted);
        if (!isOfAnotherLayer(binary, names)) {
          expression(binary.right(), names, wanted);
        }
      }
      case Expression.Call call -> call(call, names, wanted);
      case Expression.Conditional conditional -> {
        expression(conditional.condition(), names, Wanted.BOOLEAN);
        expression(conditional.then(), names, wanted);
        expression(conditional.otherwise(), names, wanted);
      }
      case Expression.ListLiteral list ->
          list.elements().forEach(e -> expression(e, names, wanted));
      case Expression.Comprehension comprehension -> comprehension(comprehension, names, wanted);
      case Expression.Range range -> {
        expression(range.from(), names, Wanted.NUMBER);
        expression(range.to(), names, Wanted.NUMBER);
      }
      case Expression.Index index -> {
        expression(index.base(), names, Wanted.LIST);
        expression(index.index(), names, Wanted.NUMBER);
      }
      case Expression.With with -> with(with, names, wanted);
      case Expression.Over over -> {
        expression(over.base(), names, wanted);
        walk.uses(over.axis(), names.findNear(over.axis().text()));
      }
      case Expression.Sample sample -> sample.outcomes().forEach(o -> outcome(o, names));
      case Expression.Until until -> {
        expression(until.first(), names, wanted);
        expression(until.at(), names, Wanted.MOMENT);
        expression(until.second(), names, wanted);
      }
      case Expression.Stall stall -> expression(stall.measurements(), names, Wanted.SIZE);
      case Expression.Assumed assumed -> expression(assumed.value(), names, wanted);
    }
  }

  /** {@code source.k}: a parameter here is a part, and the right side is a name of it. */
  private boolean isOfAnotherLayer(Expression.Binary binary, Names names) {
    return ofBodies
        && binary.operator() == Expression.BinaryOperator.CONTRACT
        && binary.left() instanceof Expression.Name left
        && names.findNear(left.text()) instanceof Entity entity
        && entity.symbol().kind() == Symbol.Kind.PARAMETER;
  }

  private void name(Expression.Name name, Names names, Accepted wanted) {
    if (!walk.asks(name, () -> Site.ofValues(values(names), wanted))) {
      boolean word = wanted.words().contains(name.text());
      walk.uses(name, word ? Language.word(name.text(), "") : find(name.text(), names));
    }
  }

  private List<Symbol> values(Names names) {
    List<Symbol> values = new ArrayList<>(ofBodies ? names.near() : names.all());
    functions.values().forEach(function -> values.add(function.symbol()));
    return values;
  }

  private @Nullable Entity find(String name, Names names) {
    if (!ofBodies) {
      return names.find(name);
    }
    Entity near = names.findNear(name);
    return near == null && Module.words().contains(name) ? Language.names().get(name) : near;
  }

  private @Nullable Entity callee(Expression.Name callee, Names names) {
    Entity found = find(callee.text(), names);
    return found == null ? functions.get(callee.text()) : found;
  }

  private void call(Expression.Call call, Names names, Accepted wanted) {
    Entity callee = callee(call.callee(), names);
    if (!walk.asks(call.callee(), () -> Site.ofValues(values(names), wanted))) {
      walk.uses(call.callee(), callee);
    }
    SequencedMap<String, Entity> members = Members.of(callee);
    List<Entity> inOrder = List.copyOf(members.values());
    List<Symbol> free = free(call, members);
    for (int at = 0; at < call.arguments().size(); at++) {
      Expression.Argument argument = call.arguments().get(at);
      Expression.Name name = argument.name();
      Entity member =
          name != null ? members.get(name.text()) : at < inOrder.size() ? inOrder.get(at) : null;
      Accepted accepted = member == null ? Wanted.ANY : member.wanted();
      if (name != null && !walk.asks(name, () -> Site.ofKeys(free, ": "))) {
        walk.uses(name, callee == null ? Language.argument(name.text()) : member);
      }
      boolean open = name == null && argument.value() instanceof Expression.Name;
      if (!open
          || !walk.asks(
              (Expression.Name) argument.value(),
              () -> new Site(free, ": ", values(names), accepted, List.of()))) {
        expression(argument.value(), names, accepted);
      }
    }
  }

  /** What the call does not give yet. */
  private static List<Symbol> free(Expression.Call call, SequencedMap<String, Entity> members) {
    List<String> given =
        call.arguments().stream()
            .map(Expression.Argument::name)
            .flatMap(name -> name == null ? null : Stream.of(name.text()))
            .toList();
    return members.values().stream()
        .map(Entity::symbol)
        .filter(symbol -> symbol.kind() != Symbol.Kind.LET && !given.contains(symbol.name()))
        .toList();
  }

  private void with(Expression.With with, Names names, Accepted wanted) {
    expression(with.base(), names, wanted);
    SequencedMap<String, Entity> members = Members.of(Members.target(with.base(), names));
    Names inner = names.over(members);
    for (Expression.Replacement replacement : with.overrides()) {
      if (replacement.key() instanceof Expression.Name key) {
        Entity member = members.get(key.text());
        List<Symbol> all = members.values().stream().map(Entity::symbol).toList();
        if (!walk.asks(key, () -> Site.ofKeys(all, " = "))) {
          walk.uses(key, member);
        }
        expression(replacement.value(), inner, member == null ? Wanted.ANY : member.wanted());
      } else {
        expression(replacement.key(), names, Wanted.NUMBER);
        expression(replacement.value(), inner, wanted);
      }
    }
  }

  private void comprehension(Expression.Comprehension comprehension, Names names, Accepted wanted) {
    expression(comprehension.source(), names, Wanted.LIST);
    Symbol variable = Descriptions.variable(comprehension.name(), comprehension.source().span());
    walk.declares(comprehension.name(), variable);
    Entity element = Entity.element(variable, comprehension.source(), names);
    SequencedMap<String, Entity> bound = new LinkedHashMap<>();
    bound.put(variable.name(), element);
    Names inner = names.with(bound);
    expression(comprehension.element(), inner, wanted);
    if (comprehension.condition() != null) {
      expression(comprehension.condition(), inner, Wanted.BOOLEAN);
    }
  }

  private void outcome(Expression.Outcome outcome, Names names) {
    expression(outcome.window(), names, Wanted.SIZE);
    if (outcome.probability() != null) {
      expression(outcome.probability(), names, Wanted.SHARE);
    }
  }

  /** {@code "SWA:{w}"} mentions w; a text may also be the label of a row. */
  void text(Expression.Text text, Names names) {
    Span span = text.span();
    Entity row = names.findNear(text.value());
    if (row != null && row.symbol().kind() == Symbol.Kind.ROW) {
      walk.uses(new Span(span.file(), span.start() + 1, span.end() - 1), row);
      return;
    }
    Matcher matcher = IN_LABEL.matcher(span.text());
    while (matcher.find()) {
      Entity entity = names.findNear(matcher.group(1));
      if (entity != null) {
        walk.uses(
            new Span(span.file(), span.start() + matcher.start(1), span.start() + matcher.end(1)),
            entity);
      }
    }
  }
}
