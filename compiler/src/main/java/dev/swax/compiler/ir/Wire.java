package dev.swax.compiler.ir;

/** How inputs and results that layers have beside their stream are called in their graphs. */
public final class Wire {
  /** Prefix of inputs that come from an earlier layer, or from the embedding. */
  public static final String READ = "read:";

  /** Prefix of results that later layers read. */
  public static final String EXPORT = "export:";

  /** Prefix of inputs: what later layers have given so far to the gradient of what is read. */
  public static final String SO_FAR = "so_far:";

  private Wire() {}
}
