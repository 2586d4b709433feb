package dev.swax.tornado;

/** The arrays of a program on a device. */
enum DeviceArray {
  CONTROL("control words"),
  SETTINGS("settings"),
  WEIGHTS("weights"),
  GRADIENTS("gradients"),
  FIRST_MOMENTS("first moments"),
  SECOND_MOMENTS("second moments"),
  STREAM("the streams of all layers"),
  STREAM_GRADIENT("gradients of the stream"),
  KEPT("values kept for the backward pass"),
  SCRATCH("scratch"),
  WORKSPACE("the workspace of a kernel"),
  HALVES("matrices in bfloat16", Short.BYTES),
  PARTIALS("partial sums"),
  CONSTANTS("constants"),
  ANGLES("tables of angles"),
  LOSSES("losses"),
  LOGITS("logits"),
  TOKENS("tokens"),
  TARGETS("targets"),
  FIRST_KEYS("first keys"),
  TOKEN_ORDER("rows in the order of their tokens"),
  TOKEN_STARTS("where the rows of a token begin"),
  SQUARES("sums of squares");

  private final String words;
  private final int bytes;

  DeviceArray(String words) {
    this(words, Float.BYTES);
  }

  DeviceArray(String words, int bytes) {
    this.words = words;
    this.bytes = bytes;
  }

  /** Of each number. */
  int bytes() {
    return bytes;
  }

  /** In words, plural or not countable. */
  String words() {
    return words;
  }
}
