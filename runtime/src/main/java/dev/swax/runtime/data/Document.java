package dev.swax.runtime.data;

import java.nio.charset.StandardCharsets;

/** One file's text. Its name is relative to its pattern, so it is the same on every machine. */
public final class Document {
  private final String name;
  private final byte[] text;

  /** Takes the array as it is. */
  public Document(String name, byte[] text) {
    this.name = name;
    this.text = text;
  }

  public String name() {
    return name;
  }

  public int length() {
    return text.length;
  }

  /** The token at {@code index}: its byte, 0 to 255. */
  public int token(int index) {
    return text[index] & 0xFF;
  }

  byte[] text() {
    return text;
  }

  /** Uniform in [0, 1) and fixed by the name: a file stays on its side when others come or go. */
  double share() {
    return (Hashes.first(name.getBytes(StandardCharsets.UTF_8)) >>> 11) * 0x1p-53;
  }
}
