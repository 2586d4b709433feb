package uk.ac.manchester.tornado.api;

/** A task's method, whatever its number of parameters. */
@FunctionalInterface
interface Kernel {
  void run(Object... arguments);
}
