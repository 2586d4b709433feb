package dev.swax.benchmarks.training;

/** The sizes that every compared model has, and the settings of its optimizer. */
public final class Sizes {
  public static final int VOCABULARY = 256;

  /** D. */
  public static final int WIDTH = 256;

  public static final int BLOCKS = 4;

  /** H, of attention and of memories. */
  public static final int HEADS = 4;

  /** Of attention, per head. */
  public static final int HEAD_WIDTH = WIDTH / HEADS;

  /** K of a memory, per head. */
  public static final int KEY_WIDTH = WIDTH / (2 * HEADS);

  /** V of a memory, per head. */
  public static final int VALUE_WIDTH = WIDTH / HEADS;

  /** Of SwiGLU. */
  public static final int HIDDEN = 688;

  /** Keys that a token sees, itself included. */
  public static final int WINDOW = 128;

  /** Tokens of a memory's chunk. */
  public static final int CHUNK = 64;

  public static final int TOKENS_PER_STEP = 8192;

  public static final double ROPE_THETA = 10_000;
  public static final double EPSILON = 1e-6;
  public static final double GATE_CAP = 15;

  public static final double RATE = 1e-3;
  public static final double BETA_1 = 0.9;
  public static final double BETA_2 = 0.95;
  public static final double OPTIMIZER_EPSILON = 1e-8;
  public static final double DECAY = 0.1;
  public static final double CLIP = 1.0;

  private Sizes() {}
}
