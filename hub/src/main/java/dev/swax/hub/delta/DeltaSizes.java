package dev.swax.hub.delta;

/**
 * The numbers of a gated delta rule.
 *
 * @param width of the stream
 * @param heads of values
 * @param groups heads of keys and queries, each for as many heads of values
 * @param conv tokens of the convolutions
 */
public record DeltaSizes(int width, int heads, int groups, int key, int value, int conv) {
  int keys() {
    return groups * key;
  }

  int values() {
    return heads * value;
  }

  /** Heads of values to one of keys. */
  int times() {
    return heads / groups;
  }
}
