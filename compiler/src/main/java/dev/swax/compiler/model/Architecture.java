package dev.swax.compiler.model;

import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.Recurrence;
import dev.swax.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A resolved model: every size a number, every layer spelled out.
 *
 * <p>{@code x = scale E[token]}; each layer adds {@code mixer(norm(x))}, then {@code
 * feedForward(norm(x))}; {@code logits = cap(norm(x) W_head)}.
 *
 * @param width D
 * @param vocabulary number of tokens
 * @param windows every distinct window of the layers, in order of first use
 * @param assumptions what the source of this model does not state
 */
public record Architecture(
    String name,
    Span span,
    String documentation,
    int width,
    int vocabulary,
    ModelOptions options,
    List<Layer> layers,
    List<WindowVariable> windows,
    List<Assumption> assumptions) {
  public Architecture {
    layers = List.copyOf(layers);
    windows = List.copyOf(windows);
    assumptions = List.copyOf(assumptions);
  }

  /** The first cell that no kernel computes yet, if there is one: then nothing trains the model. */
  public Optional<Cell> findUntrained() {
    return layers.stream()
        .map(Layer::mixer)
        .filter(Mixer.Memory.class::isInstance)
        .map(mixer -> ((Mixer.Memory) mixer).cell())
        .filter(cell -> cell.recurrence() instanceof Recurrence.Untrained)
        .findFirst();
  }

  /** Why the model can be described and counted, but not be trained; empty where it can be. */
  public Optional<String> findObstacle() {
    return findUntrained()
        .map(cell ->
            "`%s` cannot be trained yet, because its cell `%s` has no kernel: %s"
                .formatted(name, cell.name(), reason(cell)));
  }

  private static String reason(Cell cell) {
    return switch (cell.recurrence()) {
      case Recurrence.Untrained untrained ->
          "%s (%s)".formatted(untrained.reason(), untrained.place());
      case Recurrence.Trained _ -> throw new IllegalArgumentException("has kernels: " + cell);
    };
  }

  /** The same with other windows, as many and in the same order. */
  public Architecture withWindows(List<WindowVariable> others) {
    return new Architecture(
        name, span, documentation, width, vocabulary, options, layers, others, assumptions);
  }
}
