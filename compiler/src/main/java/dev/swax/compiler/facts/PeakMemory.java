package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.train.Recompute;
import java.util.SequencedMap;

/** What a process that trains a model holds at its peak. The planner knows. */
public interface PeakMemory {
  /** Bytes of one process, parameters and optimizer included, by what is computed again. */
  SequencedMap<Recompute, Long> trainingBytes(Architecture architecture, Usage usage);
}
