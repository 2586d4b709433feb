package dev.swax.benchmarks.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The sizes that compared models can have, and the settings of their optimizer. */
public enum Sizes {
  /** 3.2 million weights, on bytes. */
  SIZE_3M(256, 256, 4, 688, 8192, List.of(512, 2048, 8192)),
  /** 42 million weights, 25 million without the embedding. */
  SIZE_30M(32_000, 512, 8, 1376, 4096, List.of(2048)),
  /** 124 million weights. */
  SIZE_124M(50_304, 768, 12, 2048, 4096, List.of(1024));

  /** Keys that a token sees, itself included. */
  public static final int WINDOW = 128;

  /** Tokens of a memory's chunk. */
  public static final int CHUNK = 64;

  /** Of attention, per head. */
  public static final int HEAD_WIDTH = 64;

  /** K of a memory, per head. */
  public static final int KEY_WIDTH = HEAD_WIDTH / 2;

  /** V of a memory, per head. */
  public static final int VALUE_WIDTH = HEAD_WIDTH;

  public static final double ROPE_THETA = 10_000;
  public static final double EPSILON = 1e-6;
  public static final double GATE_CAP = 15;

  public static final double RATE = 1e-3;
  public static final double BETA_1 = 0.9;
  public static final double BETA_2 = 0.95;
  public static final double OPTIMIZER_EPSILON = 1e-8;
  public static final double DECAY = 0.1;
  public static final double CLIP = 1.0;

  private final int vocabulary;
  private final int width;
  private final int blocks;
  private final int hidden;
  private final int tokens;
  private final List<Integer> sequences;

  Sizes(int vocabulary, int width, int blocks, int hidden, int tokens, List<Integer> sequences) {
    this.vocabulary = vocabulary;
    this.width = width;
    this.blocks = blocks;
    this.hidden = hidden;
    this.tokens = tokens;
    this.sequences = sequences;
  }

  /** Of that name: {@code 3m}. */
  public static Sizes of(String name) {
    return Arrays.stream(values())
        .filter(sizes -> sizes.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no size %s; there are %s".formatted(name, Arrays.toString(values()))));
  }

  public int vocabulary() {
    return vocabulary;
  }

  /** D. */
  public int width() {
    return width;
  }

  public int blocks() {
    return blocks;
  }

  /** H, of attention and of memories. */
  public int heads() {
    return width / HEAD_WIDTH;
  }

  /** Of SwiGLU. */
  public int hidden() {
    return hidden;
  }

  /** Of a step. */
  public int tokens() {
    return tokens;
  }

  /** The lengths that are measured where nothing else is said. */
  List<Integer> sequences() {
    return sequences;
  }

  @Override
  public String toString() {
    return name().substring("SIZE_".length()).toLowerCase(Locale.ROOT);
  }
}
