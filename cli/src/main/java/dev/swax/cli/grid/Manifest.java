package dev.swax.cli.grid;

import java.util.Locale;

/** What a grid is written down for. */
public enum Manifest {
  SLURM,
  KUBERNETES;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
