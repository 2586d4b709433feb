package dev.swax.tokenizers;

import java.io.IOException;

/**
 * One content of {@code tokenizer.json}, ready to use.
 *
 * @param json what swax reads in it
 * @param library makes tokens of text
 * @param decoding makes text of tokens
 * @param special whether text that looks like a special token is one
 */
record LoadedFile(TokenizerJson json, NativeTokenizer library, Decoding decoding, boolean special) {
  static LoadedFile of(byte[] text, boolean special) throws IOException {
    TokenizerJson json = TokenizerJson.read(text);
    Decoding decoding = Decoding.of(json);
    return new LoadedFile(
        json, NativeTokenizer.of(LibraryJson.of(text, json, special)), decoding, special);
  }
}
