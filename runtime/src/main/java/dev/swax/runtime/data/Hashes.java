package dev.swax.runtime.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256. */
public final class Hashes {
  private Hashes() {}

  /** A digest to feed. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The first 64 bits of the hash. */
  static long first(byte[] bytes) {
    return ByteBuffer.wrap(sha256().digest(bytes)).getLong();
  }
}
