package dev.swax.runtime.evaluate;

/**
 * How the next token is chosen.
 *
 * @param temperature divides the logits; at 0 the likeliest token is taken
 * @param topK only the k likeliest tokens are drawn from; 0 for all
 */
public record Sampling(double temperature, int topK) {
  public Sampling {
    if (!(temperature >= 0) || topK < 0) {
      throw new IllegalArgumentException("temperature " + temperature + ", top k " + topK);
    }
  }
}
