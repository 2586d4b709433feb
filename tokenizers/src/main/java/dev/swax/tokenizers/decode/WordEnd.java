package dev.swax.tokenizers.decode;

import dev.swax.runtime.token.TextDecoder;
import org.jspecify.annotations.Nullable;

/** A suffix ends a word: a blank stands for it, but not after the last token. */
final class WordEnd extends Stage {
  private final String suffix;
  private @Nullable String last;

  WordEnd(Stage next, String suffix) {
    super(next);
    this.suffix = suffix;
  }

  @Override
  void token(String text) {
    if (last != null) {
      hand(last.replace(suffix, " "));
    }
    last = text;
  }

  @Override
  void end() {
    if (last != null) {
      hand(last.replace(suffix, ""));
      last = null;
    }
    super.end();
  }

  @Override
  int held() {
    return (last == null ? 0 : TextDecoder.bytes(last.replace(suffix, ""))) + super.held();
  }
}
