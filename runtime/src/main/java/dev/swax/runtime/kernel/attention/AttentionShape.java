package dev.swax.runtime.kernel.attention;

/**
 * Softmax attention with grouped heads: query head h reads key head {@code h * keyHeads / heads}.
 *
 * @param headWidth of a head's queries and keys
 * @param valueWidth of a head's values and results
 * @param scale of the scores
 * @param cap scaled scores become {@code cap tanh(s / cap)}; 0: they stay as they are
 * @param sinks whether each head has a learnt score that takes its share and has no value
 * @param chunk a token sees keys of its own chunk only, of so many tokens counted from the
 *     beginning of its document; 0: of all
 */
public record AttentionShape(
    int heads,
    int keyHeads,
    int headWidth,
    int valueWidth,
    double scale,
    double cap,
    boolean sinks,
    int chunk) {

  public AttentionShape {
    if (cap < 0 || chunk < 0 || !Double.isFinite(scale)) {
      throw new IllegalArgumentException("scale %s, cap %s, chunk %d".formatted(scale, cap, chunk));
    }
  }

  /** Values as wide as keys, scores scaled by {@code headWidth^-1/2}, and nothing else. */
  public AttentionShape(int heads, int keyHeads, int headWidth) {
    this(heads, keyHeads, headWidth, headWidth, 1 / Math.sqrt(headWidth), 0, false, 0);
  }

  /** Whether the numbers of heads and the width of a head say everything. */
  public boolean isPlain() {
    return equals(new AttentionShape(heads, keyHeads, headWidth));
  }

  public AttentionShape withKeyHeads(int number) {
    return new AttentionShape(heads, number, headWidth, valueWidth, scale, cap, sinks, chunk);
  }

  public AttentionShape withValueWidth(int width) {
    return new AttentionShape(heads, keyHeads, headWidth, width, scale, cap, sinks, chunk);
  }

  public AttentionShape withScale(double by) {
    return new AttentionShape(heads, keyHeads, headWidth, valueWidth, by, cap, sinks, chunk);
  }

  public AttentionShape withCap(double limit) {
    return new AttentionShape(heads, keyHeads, headWidth, valueWidth, scale, limit, sinks, chunk);
  }

  public AttentionShape withSinks() {
    return new AttentionShape(heads, keyHeads, headWidth, valueWidth, scale, cap, true, chunk);
  }

  public AttentionShape withChunk(int tokens) {
    return new AttentionShape(heads, keyHeads, headWidth, valueWidth, scale, cap, sinks, tokens);
  }

  /** How many values attention reads: q, k, v and the sinks. */
  public int operands() {
    return sinks ? 4 : 3;
  }

  /** The heads, the width and whatever is not plain. */
  @Override
  public String toString() {
    var text = new StringBuilder("AttentionShape[heads=").append(heads);
    text.append(", keyHeads=").append(keyHeads).append(", headWidth=").append(headWidth);
    if (valueWidth != headWidth) {
      text.append(", valueWidth=").append(valueWidth);
    }
    if (scale != 1 / Math.sqrt(headWidth)) {
      text.append(", scale=").append(scale);
    }
    if (cap > 0) {
      text.append(", cap=").append(cap);
    }
    if (sinks) {
      text.append(", sinks");
    }
    if (chunk > 0) {
      text.append(", chunk=").append(chunk);
    }
    return text.append(']').toString();
  }
}
