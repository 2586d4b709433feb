package dev.swax.runtime.data;

/** What training does where one document ends and the next begins within a sequence. */
public enum DocumentBorders {
  /** Memories are emptied, attention stops, and the first token of a document is no target. */
  RESET,
  /** Nothing: documents are one long text. */
  IGNORE
}
