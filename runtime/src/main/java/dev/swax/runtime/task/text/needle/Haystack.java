package dev.swax.runtime.task.text.needle;

/** What needles are hidden in. */
public enum Haystack {
  /** One line of five short sentences, repeated. */
  NOISE,
  /** Sentences of a text. */
  ESSAY,
  /** Needles with other keys. */
  NEEDLES
}
