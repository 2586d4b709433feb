package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.syntax.Expression;
import java.util.stream.Stream;

/** The names in a pattern of layers that say which mixer or layer an element is. */
final class Heads {
  private static final String CYCLE = "cycle";

  private Heads() {}

  static Stream<Expression.Name> ofPattern(Expression expression) {
    return switch (expression) {
      case Expression.ListLiteral list -> list.elements().stream().flatMap(Heads::ofElement);
      case Expression.Comprehension comprehension -> ofElement(comprehension.element());
      case Expression.Binary binary -> // a name beside a list is a number
          Stream.of(binary.left(), binary.right())
              .filter(side -> !(side instanceof Expression.Name))
              .flatMap(Heads::ofPattern);
      case Expression.Conditional one ->
          Stream.of(one.then(), one.otherwise()).flatMap(Heads::ofPattern);
      case Expression.With with ->
          Stream.concat(
              ofPattern(with.base()),
              with.overrides().stream().flatMap(place -> ofElement(place.value())));
      case Expression.Assumed assumed -> ofPattern(assumed.value());
      case Expression.Call call when call.callee().text().equals(CYCLE) ->
          call.arguments().stream().limit(1).flatMap(tile -> ofPattern(tile.value()));
      default -> Stream.of();
    };
  }

  private static Stream<Expression.Name> ofElement(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> Stream.of(name);
      case Expression.Call call -> Stream.of(call.callee());
      case Expression.With with -> ofElement(with.base());
      case Expression.Conditional one ->
          Stream.of(one.then(), one.otherwise()).flatMap(Heads::ofElement);
      case Expression.Assumed assumed -> ofElement(assumed.value());
      default -> Stream.of();
    };
  }
}
