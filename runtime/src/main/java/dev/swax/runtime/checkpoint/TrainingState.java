package dev.swax.runtime.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What continues a run besides its tensors.
 *
 * @param step optimizer steps done
 * @param positions of the random streams and of the data, by name
 */
public record TrainingState(long step, SequencedMap<String, Long> positions) {
  public TrainingState {
    positions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(positions));
  }

  /** The position called {@code name}; 0 where none was saved. */
  public long position(String name) {
    return positions.getOrDefault(name, 0L);
  }
}
