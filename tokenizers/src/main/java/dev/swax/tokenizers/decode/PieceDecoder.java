package dev.swax.tokenizers.decode;

import dev.swax.runtime.token.TextDecoder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Tokens to text by the texts that they have in their file. */
public final class PieceDecoder implements TextDecoder {
  private final @Nullable String[] pieces;
  private final BitSet silent;
  private final Stage.Sink sink = new Stage.Sink();
  private final Stage first;

  /**
   * @param pieces of each token, null where there is none of that number
   * @param silent tokens that have no text
   */
  public PieceDecoder(Stages stages, @Nullable String[] pieces, BitSet silent) {
    this.pieces = pieces;
    this.silent = silent;
    this.first = stages.chain(sink);
  }

  @Override
  public String next(int token) {
    if (token < 0 || token >= pieces.length) {
      throw new IllegalArgumentException("token %d is none of %d".formatted(token, pieces.length));
    }
    String piece = pieces[token];
    if (piece != null && !silent.get(token)) {
      first.token(piece);
    }
    return sink.take();
  }

  @Override
  public int held() {
    return first.held();
  }

  @Override
  public String end() {
    first.end();
    return sink.take();
  }
}
