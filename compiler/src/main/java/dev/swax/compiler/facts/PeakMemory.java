package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;

/** What a process that trains a model holds at its peak. The planner knows. */
public interface PeakMemory {
  /** Bytes of one process, parameters and optimizer included. */
  long trainingBytes(Architecture architecture, Usage usage);
}
