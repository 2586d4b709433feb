package dev.swax.runtime.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Mean loss on a text.
 *
 * @param tokens how many were predicted
 * @param bytes of the text that these tokens are
 * @param documents how many of them had a token to predict
 * @param loss nats per token
 * @param standardError of the loss. Tokens of one document resemble each other, so documents are
 *     the sample: {@code sqrt(D / (D - 1) sum_d (L_d - loss n_d)²) / n} with the summed loss L_d of
 *     the n_d tokens of each of D documents. NaN for fewer than two documents
 */
public record Score(long tokens, long bytes, int documents, double loss, double standardError) {

  /** Of a token: {@code e^loss}. */
  public double perplexity() {
    return StrictMath.exp(loss);
  }

  /** Of a byte of the text: {@code 2^bits}. It compares models whose tokens differ. */
  public double bytePerplexity() {
    return StrictMath.exp(loss * tokensPerByte());
  }

  /** Both with their units, as {@code shown} writes a number; one where they are the same. */
  public String perplexities(DoubleFunction<String> shown) {
    String ofByte = shown.apply(bytePerplexity()) + " a byte";
    return tokens == bytes ? ofByte : "%s a token, %s".formatted(shown.apply(perplexity()), ofByte);
  }

  /** Loss in bits per byte of the text, whatever its tokens are. */
  public double bits() {
    return loss * tokensPerByte() / StrictMath.log(2);
  }

  /** The error of {@link #bits}. */
  public double bitsError() {
    return standardError * tokensPerByte() / StrictMath.log(2);
  }

  private double tokensPerByte() {
    return (double) tokens / bytes;
  }

  /** How much was predicted: {@code 1,020 bytes}, {@code 1,020 tokens in 1,100 bytes}. */
  public String amount() {
    return tokens == bytes
        ? String.format(Locale.ROOT, "%,d bytes", bytes)
        : String.format(Locale.ROOT, "%,d tokens in %,d bytes", tokens, bytes);
  }

  /** A document's part of a score. */
  record Part(double sum, long tokens, long bytes) {}

  static Score of(List<Part> parts) {
    List<Part> counted = parts.stream().filter(part -> part.tokens() > 0).toList();
    long tokens = counted.stream().mapToLong(Part::tokens).sum();
    long bytes = counted.stream().mapToLong(Part::bytes).sum();
    double sum = 0;
    for (Part part : counted) {
      sum += part.sum();
    }
    double loss = sum / tokens;
    double squares = 0;
    for (Part part : counted) {
      double deviation = part.sum() - loss * part.tokens();
      squares += deviation * deviation;
    }
    int documents = counted.size();
    double error =
        documents < 2 ? Double.NaN : Math.sqrt(squares * documents / (documents - 1)) / tokens;
    return new Score(tokens, bytes, documents, loss, error);
  }
}
