package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;

/** What one sequence keeps between tokens: the states of its cells and the keys and values. */
public final class StateSize {
  private StateSize() {}

  /** Bytes, after a sequence of that length, each window at its largest. */
  public static long bytes(Architecture architecture, int sequence) {
    long numbers = 0;
    for (Layer layer : architecture.layers()) {
      numbers +=
          switch (layer.mixer()) {
            case null -> 0;
            case Mixer.Attention a ->
                2L * a.keyHeads() * a.headWidth() * keys(a, architecture, sequence);
            case Mixer.Memory memory -> CellSize.state(memory.cell());
          };
    }
    return numbers * Float.BYTES;
  }

  private static int keys(Mixer.Attention attention, Architecture architecture, int sequence) {
    return attention.window() < 0
        ? sequence
        : Math.min(sequence, architecture.windows().get(attention.window()).schedule().max());
  }
}
