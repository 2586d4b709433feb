package dev.swax.runtime.evaluate;

import dev.swax.runtime.data.Document;
import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokenizer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A document, of which some tokens are to be predicted.
 *
 * @param scored the places of these tokens, none of them 0; null for all but the first
 */
record ScoredDocument(Document document, Tokenizer tokenizer, @Nullable BitSet scored)
    implements Sequence {
  @Override
  public int length() {
    return document.length();
  }

  @Override
  public int token(int position) {
    return document.token(position);
  }

  @Override
  public int target(int position) {
    int next = position + 1;
    boolean predicted = next < length() && (scored == null || scored.get(next));
    return predicted ? document.token(next) : -1;
  }

  /** Bytes of the text that is predicted. */
  long bytes() {
    if (scored == null) {
      return tokenizer.size(document.tokens()) - tokenizer.size(document.tokens().first(1));
    }
    TextDecoder decoder = tokenizer.decoder();
    long bytes = 0;
    for (int place = 0; place < length(); place++) {
      int own = TextDecoder.bytes(decoder.next(token(place)));
      bytes += scored.get(place) ? own : 0;
    }
    return bytes;
  }
}
