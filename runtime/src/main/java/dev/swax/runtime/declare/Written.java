package dev.swax.runtime.declare;

/** A value that is given. Its argument's type says which of these it has. */
public interface Written {
  long whole();

  double real();

  boolean truth();

  Located texts();

  String word();
}
