package dev.swax.hub.decoder;

import dev.swax.hub.layer.Words;

/** How layers are wired that are not wired as in the library, in swax. */
public final class Blocks {
  public static final String AFTER =
      """
      /// What a layer adds to the stream is normed, what it reads is not.
      block post_norm(mixer, ffn) {
        h = x + norm(mixer(x))
        out = h + norm(ffn(h))
      }
      """;

  static final String AROUND =
      """
      /// A norm before and after attention and feed-forward.
      block sandwich(mixer, ffn) {
        h = x + norm(mixer(norm(x)))
        out = h + norm(ffn(norm(h)))
      }
      """;

  static final String PARALLEL =
      """
      /// Attention and feed-forward side by side behind one norm.
      block parallel(mixer, ffn) {
        n = norm(x)
        out = x + mixer(n) + ffn(n)
      }
      """;

  private Blocks() {}

  /** {@code dampened}: branches come back into the stream times a number. */
  public static String dampened(double residual) {
    return """
    /// Both branches come back into the stream times %1$s.
    block dampened(mixer, ffn) {
      h = x + %2$s
      out = h + %3$s
    }
    """
        .formatted(
            Words.decimal(residual),
            Words.times(residual, "mixer(norm(x))"),
            Words.times(residual, "ffn(norm(h))"));
  }
}
