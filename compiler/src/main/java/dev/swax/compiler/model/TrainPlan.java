package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.train.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resolved train block.
 *
 * @param architecture null where the block names no model
 * @param data null where the block names no data
 * @param recipe with a value for each window of the architecture
 * @param assumptions of the block itself; the architecture has its own
 */
public record TrainPlan(
    String name,
    Span span,
    String documentation,
    @Nullable Architecture architecture,
    @Nullable DataPlan data,
    Recipe recipe,
    List<Assumption> assumptions) {
  public TrainPlan {
    assumptions = List.copyOf(assumptions);
  }
}
