package dev.swax.runtime.token;

import java.nio.file.Path;
import java.util.Optional;

/**
 * All that the language knows of a tokenizer.
 *
 * @param name as it is written: {@code characters}
 * @param argument the text that it is made of; empty where it is made of nothing
 * @param factory makes it
 */
public record TokenizerDeclaration(String name, Optional<Argument> argument, Factory factory) {
  /**
   * A text.
   *
   * @param name that it may be given by
   * @param meaning a few words for messages
   */
  public record Argument(String name, String meaning) {}

  /** Makes a tokenizer. */
  public interface Factory {
    /**
     * The tokenizer.
     *
     * @param text that is given; empty where the declaration has no argument
     * @param folder in which a path starts: that of the file in which the text stands
     * @throws dev.swax.runtime.UserError where no tokenizer can be made of it
     */
    Tokenizer make(String text, Path folder);
  }
}
