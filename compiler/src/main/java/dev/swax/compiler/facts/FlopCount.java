package dev.swax.compiler.facts;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import org.jspecify.annotations.Nullable;

/**
 * Operations of one token's forward pass: 2 for each matrix weight, head included; attention {@code
 * 4 H K w} (no factor for causality; w is the length where attention is full); a cell's state as
 * its recurrent form counts, 6 for each element with both gates. Windows that vary are averaged
 * over training.
 */
public final class FlopCount {
  /** A backward pass takes twice the operations of a forward pass. */
  private static final double TRAINING_PASSES = 3;

  private FlopCount() {}

  /** Of a token that is trained on: forward and backward. */
  public static double perTrainedToken(Architecture architecture, Usage usage) {
    return TRAINING_PASSES * perToken(architecture, usage);
  }

  public static double perToken(Architecture architecture, Usage usage) {
    double sum = 2.0 * architecture.width() * architecture.vocabulary();
    LoweredModel lowered = LowerModel.lower(architecture);
    for (int kind : lowered.order()) {
      sum += 2.0 * lowered.kinds().get(kind).matrixNumbers();
    }
    for (Layer layer : architecture.layers()) {
      sum += mixing(layer.mixer(), architecture, usage);
    }
    return sum;
  }

  private static double mixing(@Nullable Mixer mixer, Architecture architecture, Usage usage) {
    return switch (mixer) {
      case null -> 0;
      case Mixer.Attention a -> 4.0 * a.heads() * a.headWidth() * keys(a, architecture, usage);
      case Mixer.Memory memory -> CellSize.stateOperations(memory.cell());
    };
  }

  private static double keys(Mixer.Attention attention, Architecture architecture, Usage usage) {
    return attention.window() < 0
        ? usage.sequence()
        : WindowMean.of(
            architecture.windows().get(attention.window()).schedule(),
            usage.sequence(),
            usage.steps());
  }
}
