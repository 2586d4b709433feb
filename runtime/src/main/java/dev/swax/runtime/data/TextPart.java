package dev.swax.runtime.data;

import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.util.stream.IntStream;

/** Tokens of a document that is read in parts: these follow each other as the parts do. */
final class TextPart {
  private static final byte[] NOTHING = {};

  private TextPart() {}

  /** Those of a part; what stands before a document and after it belongs to its ends. */
  static Tokens tokens(Tokenizer tokenizer, byte[] text, boolean first, boolean last) {
    if (first && last) {
      return text.length == 0 ? tokenizer.encode(text) : tokenizer.document(text);
    }
    if (!first && !last) {
      return tokenizer.encode(text);
    }
    int[] before = tokenizer.prompt("");
    Tokens part = tokenizer.encode(text);
    IntStream own = IntStream.range(0, part.length()).map(part::at);
    IntStream all =
        first
            ? IntStream.concat(IntStream.of(before), own)
            : IntStream.concat(own, behind(tokenizer, before.length));
    return Tokens.of(all.toArray(), tokenizer.vocabulary());
  }

  /** What the tokenizer puts after a document. */
  private static IntStream behind(Tokenizer tokenizer, int before) {
    Tokens empty = tokenizer.document(NOTHING);
    return IntStream.range(before, empty.length()).map(empty::at);
  }
}
