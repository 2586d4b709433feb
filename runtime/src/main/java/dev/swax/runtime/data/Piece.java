package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokenizer;

/** A text, or a part of one, on its way into a cache. */
final class Piece {
  /** Where it belongs. */
  enum Part {
    TRAINING,
    VALIDATION,
    /** It is validation text too, so it is not trained on. */
    NONE
  }

  /**
   * The document that it is of.
   *
   * @param source number of its file
   * @param record number of what was read from that file, from 0
   * @param number of the document in the file
   */
  record Of(int source, long record, String name, long number) {}

  private final Of of;
  private final byte[] text;
  private final Part part;
  private final boolean first;
  private final boolean end;

  /**
   * Takes the text as it is.
   *
   * @param first whether its document begins with it
   * @param end whether its document ends with it
   */
  Piece(Of of, byte[] text, Part part, boolean first, boolean end) {
    this.of = of;
    this.text = text;
    this.part = part;
    this.first = first;
    this.end = end;
  }

  Of of() {
    return of;
  }

  /** Bytes of its text. */
  int length() {
    return text.length;
  }

  Part part() {
    return part;
  }

  boolean end() {
    return end;
  }

  /** As they are mapped; a text that the tokenizer does not know is named. */
  byte[] tokens(Tokenizer tokenizer, int width) {
    try {
      return TextPart.tokens(tokenizer, text, first, end).toBytes(width);
    } catch (UserError e) {
      throw new UserError("`%s`: %s".formatted(of.name(), e.getMessage()), e.help());
    }
  }
}
