package dev.swax.runtime.token.hf;

import dev.swax.runtime.token.Tokenizer;

/** A service: what can read {@code tokenizer.json}. */
public interface HfLibrary {
  /**
   * The tokenizer of a file.
   *
   * @throws dev.swax.runtime.UserError where it cannot be made
   */
  Tokenizer open(HfFile file);
}
