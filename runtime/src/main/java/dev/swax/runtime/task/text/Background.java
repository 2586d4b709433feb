package dev.swax.runtime.task.text;

import dev.swax.runtime.UserError;
import java.util.List;
import java.util.Optional;

/** Text without end, sentence by sentence, in which facts are hidden. */
public interface Background {
  /** Sentence {@code index >= 0}, without blanks around it. */
  String sentence(int index);

  /** The text by name and hash, as a task's description gives it. */
  String describe();

  /** Why there is no such text; {@link #describe} holds all the same. */
  default Optional<UserError> obstacle() {
    return Optional.empty();
  }

  /** Patterns of the files that it reads, as they are written. */
  default List<String> files() {
    return List.of();
  }

  /** From how many different sentences a reader may start. */
  int starts();
}
