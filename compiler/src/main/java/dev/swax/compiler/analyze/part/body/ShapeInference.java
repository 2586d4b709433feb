package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.BinaryOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of an expression where its parts tell it, so that a `linear` beside them can take the
 * same; null where nothing tells. Reports nothing.
 */
final class ShapeInference {
  private final PartBody body;
  private final LayerReads reads;

  ShapeInference(PartBody body) {
    this.body = body;
    this.reads = new LayerReads(body);
  }

  @Nullable Shape of(Expression expression) {
    return switch (expression) {
      case Expression.Literal _ -> Shape.NUMBER;
      case Expression.Name name -> name(name);
      case Expression.Unary unary -> of(unary.operand());
      case Expression.Binary binary -> binary(binary);
      case Expression.Call call -> call(call);
      case Expression.Assumed assumed -> of(assumed.value());
      case Expression.Text _,
          Expression.Conditional _,
          Expression.ListLiteral _,
          Expression.Comprehension _,
          Expression.Over _,
          Expression.Range _,
          Expression.Index _,
          Expression.With _,
          Expression.Sample _,
          Expression.Until _,
          Expression.Stall _ ->
          null;
    };
  }

  private @Nullable Shape name(Expression.Name name) {
    if (name.primed()) {
      var state = body.states().get(name.text());
      return state == null ? null : state.shape();
    }
    Term term = body.find(name.text(), name.span());
    return term == null ? null : term.shape();
  }

  private @Nullable Shape binary(Expression.Binary written) {
    Expression.Binary binary = reads.tight(written);
    if (reads.has(binary)) {
      return reads.shape(binary);
    }
    Shape left = of(binary.left());
    Shape right = of(binary.right());
    if (binary.operator() == BinaryOperator.CONTRACT) {
      return right instanceof Shape.Table(_, int columns)
          ? new Shape.Vector(columns)
          : Shape.SCALAR;
    }
    return larger(left, right);
  }

  /** What both become when they are spread over each other. */
  private static @Nullable Shape larger(@Nullable Shape left, @Nullable Shape right) {
    if (left == null || right == null) {
      Shape known = left == null ? right : left;
      return known instanceof Shape.Fixed || Shape.SCALAR.equals(known) ? null : known;
    }
    return rank(right) > rank(left) ? right : left;
  }

  private static int rank(Shape shape) {
    return switch (shape) {
      case Shape.Fixed _ -> 0;
      case Shape.Vector(int size) -> size == 1 ? 1 : 2;
      case Shape.Width _, Shape.Diagonal _ -> 2;
      case Shape.Table _ -> 3;
    };
  }

  private @Nullable Shape call(Expression.Call call) {
    List<Expression> values = call.arguments().stream().map(Expression.Argument::value).toList();
    return switch (call.callee().text()) {
      case "linear", "low_rank", "weight", "diag" -> null;
      case "outer" -> {
        Shape left = values.isEmpty() ? null : of(values.get(0));
        Shape right = values.size() < 2 ? null : of(values.get(1));
        yield left instanceof Shape.Vector(int rows) && right instanceof Shape.Vector(int columns)
            ? new Shape.Table(rows, columns)
            : null;
      }
      case "attend" -> values.size() < 3 ? null : of(values.get(2));
      case "concat" -> {
        Shape left = values.isEmpty() ? null : of(values.get(0));
        Shape right = values.size() < 2 ? null : of(values.get(1));
        yield left == null || right == null ? null : ConcatChecker.shape(left, right);
      }
      case "products" -> {
        Shape left = values.isEmpty() ? null : of(values.get(0));
        Shape right = values.size() < 2 ? null : of(values.get(1));
        yield left instanceof Shape.Vector(int a) && right instanceof Shape.Vector(int b)
            ? new Shape.Vector(a * b)
            : null;
      }
      case "max", "min" -> values.size() < 2 ? null : larger(of(values.get(0)), of(values.get(1)));
      default -> values.isEmpty() ? null : of(values.getFirst());
    };
  }
}
