package dev.swax.compiler.model;

import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import java.util.List;

/**
 * A resolved model: every size a number, every layer spelled out.
 *
 * <p>{@code x = scale E[token]}; each layer is {@code x = block(x)}; {@code logits = cap(norm(x)
 * W_head)}.
 *
 * @param width D
 * @param vocabulary number of tokens
 * @param norm before the head
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
    Part norm,
    List<Layer> layers,
    List<WindowVariable> windows,
    List<Assumption> assumptions) {
  public Architecture {
    layers = List.copyOf(layers);
    windows = List.copyOf(windows);
    assumptions = List.copyOf(assumptions);
  }

  /** The same with other windows, as many and in the same order. */
  public Architecture withWindows(List<WindowVariable> others) {
    return new Architecture(
        name, span, documentation, width, vocabulary, options, norm, layers, others, assumptions);
  }
}
