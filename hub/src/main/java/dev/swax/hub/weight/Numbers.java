package dev.swax.hub.weight;

/** The numbers of a tensor, row by row. */
@FunctionalInterface
public interface Numbers {
  float at(long index);
}
