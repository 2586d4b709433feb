package dev.swax.runtime.declare;

import java.util.Map;

/** The values that arguments are given. */
public class Values {
  private final Map<String, Written> values;

  /** {@code values}: of arguments by their names; every required one is there. */
  public Values(Map<String, Written> values) {
    this.values = Map.copyOf(values);
  }

  /** The value of an argument; what holds without it where it is not given. */
  public final <T> T of(Argument<T> argument) {
    Written value = values.get(argument.name());
    return value == null ? argument.absent() : argument.type().read(value);
  }
}
