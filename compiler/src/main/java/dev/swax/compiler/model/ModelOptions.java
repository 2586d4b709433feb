package dev.swax.compiler.model;

import dev.swax.runtime.schedule.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model says in one word each, beside its sizes and layers.
 *
 * @param tied whether the head shares the embedding's weights
 * @param embeddingScale what the rows of the embedding are multiplied by where the layers begin
 * @param logitScale what the logits are multiplied by
 * @param logitCap c of {@code c tanh(logits / c)}, or 0 for none
 */
public record ModelOptions(
    boolean tied, double embeddingScale, double logitScale, double logitCap) {

  /** As {@code info} says it: {@code tied head, embedding times 8, logits capped at 30}. */
  public String words() {
    List<String> words = new ArrayList<>();
    words.add(tied ? "tied head" : "own head");
    if (embeddingScale != 1) {
      words.add("embedding times " + Numbers.shortest(embeddingScale));
    }
    if (logitScale != 1) {
      words.add("logits times " + Numbers.shortest(logitScale));
    }
    if (logitCap != 0) {
      words.add("logits capped at " + Numbers.shortest(logitCap));
    }
    return String.join(", ", words);
  }
}
