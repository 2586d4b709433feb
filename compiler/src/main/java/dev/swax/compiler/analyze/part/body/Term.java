package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.function.UnaryOperator;

/** A checked expression of a part's body, state included. */
public sealed interface Term {
  Span span();

  Shape shape();

  /** Does not read the state. */
  public record Plain(PartExpression expression, Shape shape) implements Term {
    @Override
    public Span span() {
      return expression.span();
    }
  }

  /** {@code S}, or {@code S'} where primed. */
  public record State(Span span, String name, boolean primed, Shape shape) implements Term {}

  /** {@code outer(left, right)}: a column times a row. */
  public record Outer(Span span, Term left, Term right, Shape shape) implements Term {}

  /** {@code left . right}, which reads a state. */
  public record Contract(Span span, Term left, Term right, Shape shape) implements Term {}

  /** {@code diag(operand)}. */
  public record Diagonal(Span span, Term operand, Shape shape) implements Term {}

  /** Elementwise on something that reads a state. */
  record Binary(Span span, BinaryFunction function, Term left, Term right, Shape shape)
      implements Term {}

  /**
   * A function of one value that reads a state.
   *
   * @param function as it is written: {@code layer_norm}
   * @param wrap the same function of a value outside the state
   */
  record Apply(
      Span span, String function, Term operand, Shape shape, UnaryOperator<PartExpression> wrap)
      implements Term {}

  /** What this is made of, in order. */
  default List<Term> operands() {
    return switch (this) {
      case Plain _, State _ -> List.of();
      case Outer outer -> List.of(outer.left(), outer.right());
      case Contract contract -> List.of(contract.left(), contract.right());
      case Diagonal diagonal -> List.of(diagonal.operand());
      case Binary binary -> List.of(binary.left(), binary.right());
      case Apply apply -> List.of(apply.operand());
    };
  }

  /** The same of other operands, which are as many and have the same shapes. */
  default Term with(List<Term> operands) {
    return switch (this) {
      case Plain _, State _ -> this;
      case Outer(var span, _, _, Shape shape) ->
          new Outer(span, operands.getFirst(), operands.getLast(), shape);
      case Contract(var span, _, _, Shape shape) ->
          new Contract(span, operands.getFirst(), operands.getLast(), shape);
      case Diagonal(var span, _, Shape shape) -> new Diagonal(span, operands.getFirst(), shape);
      case Binary(var span, var function, _, _, Shape shape) ->
          new Binary(span, function, operands.getFirst(), operands.getLast(), shape);
      case Apply(var span, String function, _, Shape shape, var wrap) ->
          new Apply(span, function, operands.getFirst(), shape, wrap);
    };
  }

  /** Whether a state is read anywhere inside. */
  default boolean readsState() {
    return this instanceof State || operands().stream().anyMatch(Term::readsState);
  }
}
