package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokenizer;

/**
 * A text, or a part of one, on its way into a cache.
 *
 * @param source number of its file
 * @param record number of what was read from that file, from 0
 * @param name of its document
 * @param number of its document in the file
 * @param first whether its document begins with it
 * @param end whether its document ends with it
 */
record Piece(
    int source,
    long record,
    String name,
    long number,
    byte[] text,
    Part part,
    boolean first,
    boolean end) {
  /** Where it belongs. */
  enum Part {
    TRAINING,
    VALIDATION,
    /** It is validation text too, so it is not trained on. */
    NONE
  }

  /** As they are mapped; a text that the tokenizer does not know is named. */
  byte[] tokens(Tokenizer tokenizer, int width) {
    try {
      return TextPart.tokens(tokenizer, text, first, end).toBytes(width);
    } catch (UserError e) {
      throw new UserError("`%s`: %s".formatted(name, e.getMessage()), e.help());
    }
  }
}
