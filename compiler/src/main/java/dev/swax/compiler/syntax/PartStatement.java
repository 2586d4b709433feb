package dev.swax.compiler.syntax;

import dev.swax.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a part's body. Shapes are per head. */
public sealed interface PartStatement {
  Span span();

  /** {@code state S: [key, value]}. */
  record State(Span span, Expression.Name name, List<Expression> shape) implements PartStatement {
    public State {
      shape = List.copyOf(shape);
    }
  }

  /**
   * {@code q, k: [key] = linear(x)}. Each name has its own weights. {@code shape} is empty where
   * none was written (a scalar per head, or inferred); {@code shaped} tells the two apart.
   *
   * @param groups of {@code B: [n] per groups = …}: the parameter that counts them
   */
  record Define(
      Span span,
      List<Expression.Name> names,
      boolean shaped,
      List<Expression> shape,
      Expression.@Nullable Name groups,
      Expression value)
      implements PartStatement {
    public Define {
      names = List.copyOf(names);
      shape = List.copyOf(shape);
    }
  }

  /** {@code S' = …}: the next state. */
  record Update(Span span, Expression.Name state, Expression value) implements PartStatement {}
}
