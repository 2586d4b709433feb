package dev.swax.compiler.model.cell;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.program.Initializer;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression of a cell body outside its state. {@code size} is the width per head: 1 for
 * a scalar per head; for {@link Input} and the output it is the model width, not per head.
 */
public sealed interface CellExpression {
  Span span();

  int size();

  /** The layer's normed input x, [width]. */
  record Input(Span span, int size) implements CellExpression {}

  /** A name defined earlier, or the recurrence's result. */
  record Reference(Span span, String name, int size) implements CellExpression {}

  record Constant(Span span, double value) implements CellExpression {
    @Override
    public int size() {
      return 1;
    }
  }

  /**
   * A projection with its own weights. From {@link Input} [width] to [heads * size], or from a
   * per-head value [heads * n] to the model width ({@code toWidth}).
   *
   * @param parameter its name in the layer: `q`, `out`, `i`
   */
  record Linear(
      Span span,
      String parameter,
      CellExpression operand,
      int size,
      boolean toWidth,
      Initializer weight,
      @Nullable Initializer bias)
      implements CellExpression {}

  record Unary(Span span, UnaryFunction function, CellExpression operand, int size)
      implements CellExpression {}

  /** Elementwise; a scalar per head is spread over the other side. */
  record Binary(
      Span span, BinaryFunction function, CellExpression left, CellExpression right, int size)
      implements CellExpression {}

  /**
   * Norm over each head's channels with one weight per channel: LayerNorm (mean subtracted, biased
   * variance) or RMSNorm.
   */
  record HeadNorm(
      Span span,
      String parameter,
      CellExpression operand,
      int size,
      boolean subtractMean,
      double epsilon)
      implements CellExpression {}
}
