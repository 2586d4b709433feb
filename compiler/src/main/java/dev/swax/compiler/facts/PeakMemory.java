package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;

/** What a process that trains a model holds at its peak. The planner knows. */
public interface PeakMemory {
  /** Bytes, parameters and optimizer included, for so many sequences of so many tokens at once. */
  long trainingBytes(Architecture architecture, int batch, int sequence);
}
