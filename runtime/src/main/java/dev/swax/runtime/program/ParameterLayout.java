package dev.swax.runtime.program;

import java.util.List;

/**
 * Where the values of parameters stand in one run of numbers: one parameter behind the other, each
 * from a multiple of 64 bytes on.
 */
public final class ParameterLayout {
  private static final int ALIGNED = 16;

  private final List<ParameterSpec> specs;
  private final long[] starts;

  public ParameterLayout(List<ParameterSpec> specs) {
    this.specs = List.copyOf(specs);
    this.starts = new long[specs.size() + 1];
    for (int i = 0; i < specs.size(); i++) {
      starts[i + 1] = (starts[i] + specs.get(i).size() + ALIGNED - 1) / ALIGNED * ALIGNED;
    }
  }

  public List<ParameterSpec> specs() {
    return specs;
  }

  /** The first number of a parameter. */
  public long start(int parameter) {
    return starts[parameter];
  }

  /** Numbers in all, with those between parameters. */
  public long length() {
    return starts[specs.size()];
  }
}
