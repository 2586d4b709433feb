package dev.swax.tokenizers;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.swax.runtime.UserError;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/** A tokenizer of the native library, freed when nobody has it any more. */
final class NativeTokenizer {
  private static final Cleaner CLEANER = Cleaner.create();

  private final long handle;

  private NativeTokenizer(long handle) {
    this.handle = handle;
    CLEANER.register(this, () -> TokenizersLibrary.LIB.deleteTokenizer(handle));
  }

  /**
   * That of the text of a {@code tokenizer.json}.
   *
   * @throws UserError with the library's own words where it cannot read it
   */
  static NativeTokenizer of(String json) {
    NativeLibrary.require();
    try {
      return new NativeTokenizer(TokenizersLibrary.LIB.createTokenizerFromString(json));
    } catch (RuntimeException e) { // whatever the library throws
      throw new UserError("its parts cannot be used: " + e.getMessage(), null);
    }
  }

  /** The tokens of a text, without any border. */
  int[] encode(String text) {
    try {
      long encoding = TokenizersLibrary.LIB.encode(handle, text, false);
      try {
        long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
        int[] tokens = new int[ids.length];
        for (int i = 0; i < tokens.length; i++) {
          tokens[i] = (int) ids[i];
        }
        return tokens;
      } finally {
        TokenizersLibrary.LIB.deleteEncoding(encoding);
      }
    } catch (RuntimeException e) { // whatever the library throws
      throw new UserError("`hf` has no tokens for the text: " + e.getMessage(), null);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
