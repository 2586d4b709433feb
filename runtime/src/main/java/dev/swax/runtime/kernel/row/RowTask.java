package dev.swax.runtime.kernel.row;

/**
 * Work over rows. {@code part} numbers the fixed partition, for sums over rows that are first kept
 * per part; rows {@code from .. to} belong to it.
 */
@FunctionalInterface
public interface RowTask {
  void run(int part, int from, int to);
}
