package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import java.util.OptionalLong;

/**
 * How many tokens, the current one included, can reach an output: each window of w adds w - 1. Full
 * attention and memories reach everything.
 */
public final class ReceptiveField {
  private ReceptiveField() {}

  /** Empty where it is unbounded. */
  public static OptionalLong of(Architecture architecture) {
    long reach = 1;
    for (Layer layer : architecture.layers()) {
      switch (layer.mixer()) {
        case null -> {}
        case Mixer.Attention a when a.window() >= 0 ->
            reach += architecture.windows().get(a.window()).schedule().max() - 1;
        case Mixer.Attention _, Mixer.Memory _ -> {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.of(reach);
  }
}
