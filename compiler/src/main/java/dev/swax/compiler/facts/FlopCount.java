package dev.swax.compiler.facts;

import dev.swax.compiler.ir.Op;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.kernel.conv.ConvShape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Operations of one token's forward pass: 2 for each matrix weight, head included; attention {@code
 * 2 H (K + V) w} (no factor for causality; w is the length where attention is full, and the chunk
 * where it is chunked); a cell's state as its recurrent form counts, 6 for each element with both
 * gates. Windows that vary are averaged over training. Rows of meta tokens go through every layer,
 * and every row sees them: their operations are shared out among the tokens of a sequence.
 */
public final class FlopCount {
  /** A backward pass takes twice the operations of a forward pass. */
  private static final double TRAINING_PASSES = 3;

  private final Architecture architecture;
  private final LoweredModel lowered;
  private final Map<Usage, Double> known = new LinkedHashMap<>();

  /** Of a model, which is lowered once for whatever is asked. */
  public FlopCount(Architecture architecture) {
    this(architecture, LowerModel.lower(architecture));
  }

  private FlopCount(Architecture architecture, LoweredModel lowered) {
    this.architecture = architecture;
    this.lowered = lowered;
  }

  /** Of the same model with other schedules of its windows, which is not lowered again. */
  public FlopCount withWindowsOf(Architecture measured) {
    return new FlopCount(measured, lowered);
  }

  /** Of a token that is trained on: forward and backward. */
  public double perTrainedToken(Usage usage) {
    return TRAINING_PASSES * perToken(usage);
  }

  public double perToken(Usage usage) {
    return known.computeIfAbsent(usage, this::count);
  }

  private double count(Usage usage) {
    double sum = 2.0 * architecture.width() * architecture.vocabulary();
    double rows = (double) (meta() + usage.sequence()) / usage.sequence();
    for (int kind : lowered.order()) {
      sum += rows * 2.0 * lowered.kinds().get(kind).activeMatrixNumbers();
    }
    for (Op op : lowered.layerOps()) {
      sum += rows * mixing(op, usage);
    }
    return sum;
  }

  private double mixing(Op op, Usage usage) {
    return switch (op) {
      case Op.Attention(var shape, int window) ->
          2.0
              * shape.heads()
              * (shape.headWidth() + shape.valueWidth())
              * (meta() + keys(shape.chunk(), window, usage));
      case Op.Recurrence(ConvShape _) -> 0; // its filters are matrices, counted as such
      case Op.Recurrence recurrence -> recurrence.shape().stateOperations();
      default -> 0;
    };
  }

  private int meta() {
    return architecture.options().meta();
  }

  private double keys(int chunk, int window, Usage usage) {
    if (chunk > 0) {
      return Math.min(usage.sequence(), chunk);
    }
    return window < 0
        ? usage.sequence()
        : WindowMean.of(
            architecture.windows().get(window).schedule(), usage.sequence(), usage.steps());
  }
}
