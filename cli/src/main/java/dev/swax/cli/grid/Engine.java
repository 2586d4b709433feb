package dev.swax.cli.grid;

import java.util.Locale;

/** Where the cells of a grid are computed. */
public enum Engine {
  LOCAL,
  SLURM;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
