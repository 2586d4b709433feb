package dev.swax.runtime.train;

import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The loss of each source of a mixture over the micro-batches of a step. */
final class SourceLosses {
  private final Sequences sequences;
  private final List<String> names;
  private final double[] sums;
  private final long[] targets;

  SourceLosses(Sequences sequences) {
    this.sequences = sequences;
    this.names = sequences.sources();
    this.sums = new double[names.size()];
    this.targets = new long[names.size()];
  }

  void begin() {
    Arrays.fill(sums, 0);
    Arrays.fill(targets, 0);
  }

  /** Adds the losses of the last batch. */
  void add(Batch batch, Tensor losses) {
    if (names.isEmpty()) {
      return;
    }
    for (int row = 0; row < batch.batch(); row++) {
      int source = sequences.source(row);
      for (int t = row * batch.time(); t < (row + 1) * batch.time(); t++) {
        if (batch.targets()[t] >= 0) {
          sums[source] += losses.get(t);
          targets[source]++;
        }
      }
    }
  }

  /** Nats a token, of the sources that the step has. */
  SequencedMap<String, Double> means() {
    SequencedMap<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      if (targets[i] > 0) {
        means.put(names.get(i), sums[i] / targets[i]);
      }
    }
    return means;
  }
}
