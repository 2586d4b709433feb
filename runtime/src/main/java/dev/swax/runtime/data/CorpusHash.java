package dev.swax.runtime.data;

import dev.swax.runtime.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The hash of a corpus: of each document its name, its length and its tokens as they are kept. */
final class CorpusHash {
  private final MessageDigest digest = Hashes.sha256();

  /** Begins a document; its tokens go to {@link #digest}. */
  void document(String name, int length) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(8).putInt(bytes.length).putInt(length).flip());
    digest.update(bytes);
  }

  MessageDigest digest() {
    return digest;
  }
}
