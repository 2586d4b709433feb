package dev.swax.runtime.kernel.team;

/**
 * Work that is cut into numbered parts. A part's result must not depend on which thread runs it or
 * on the order of the parts: that is what makes results the same for any number of threads.
 */
@FunctionalInterface
public interface Task {
  void run(int part);
}
