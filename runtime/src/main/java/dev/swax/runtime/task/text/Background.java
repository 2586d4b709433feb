package dev.swax.runtime.task.text;

/** Text without end, sentence by sentence, in which facts are hidden. */
public interface Background {
  /** Sentence {@code index >= 0}, without blanks around it. */
  String sentence(int index);

  /** The text by name and hash, as a task's description gives it. */
  String describe();

  /** From how many different sentences a reader may start. */
  int starts();
}
