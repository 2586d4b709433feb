package dev.swax.tokenizers;

import dev.swax.runtime.token.TextDecoder;
import dev.swax.tokenizers.decode.PieceDecoder;
import dev.swax.tokenizers.decode.Stages;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** How a file's tokens become text. */
final class Decoding {
  private final Stages stages;
  private final @Nullable String[] pieces;
  private final BitSet special;

  private Decoding(Stages stages, @Nullable String[] pieces, BitSet special) {
    this.stages = stages;
    this.pieces = pieces;
    this.special = special;
  }

  static Decoding of(TokenizerJson json) {
    return new Decoding(Stages.of(json.decoder()), json.pieces(), json.special());
  }

  /** One more than the largest number of a token. */
  int vocabulary() {
    return pieces.length;
  }

  /** {@code whole}: special tokens have their text too. */
  TextDecoder decoder(boolean whole) {
    return new PieceDecoder(stages, pieces, whole ? new BitSet() : special);
  }
}
