package dev.swax.benchmarks.libtorch;

/** How attention over a window is written. */
public enum AttentionForm {
  /** Fused causal attention; no window. */
  CAUSAL,
  /** Fused attention over all keys with a mask that is a band: what most people write. */
  BANDED,
  /** Blocks of as many queries as the window has keys; fused attention over two blocks of keys. */
  BLOCKS,
  /** As {@link #BLOCKS}, with blocks of half the window: three blocks of keys. */
  HALF_BLOCKS,
  /** As {@link #BLOCKS}, with products and softmax written out. */
  PRODUCTS,
  /** As {@link #HALF_BLOCKS}, with products and softmax written out. */
  HALF_PRODUCTS;

  /** For tables. */
  public String description() {
    return switch (this) {
      case CAUSAL -> "plain";
      case BANDED -> "banded mask";
      case BLOCKS -> "blocks of 128, fused";
      case HALF_BLOCKS -> "blocks of 64, fused";
      case PRODUCTS -> "blocks of 128, products";
      case HALF_PRODUCTS -> "blocks of 64, products";
    };
  }
}
