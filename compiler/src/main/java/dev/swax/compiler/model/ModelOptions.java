package dev.swax.compiler.model;

import dev.swax.runtime.schedule.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a model says in one word each, beside its sizes and layers.
 *
 * @param tied whether the head shares the embedding's weights
 * @param embeddingScale what the rows of the embedding are multiplied by where the layers begin
 * @param positions rows of a learnt table that is added to the embedding, or 0 for none
 * @param logitScale what the logits are multiplied by
 * @param logitCap c of {@code c tanh(logits / c)}, or 0 for none
 * @param embeddingDeviation of the normal distribution of its first values; null for the usual one
 * @param headDeviation the same of the head
 * @param meta learnt rows that stand before the tokens of each sequence, or 0 for none
 */
public record ModelOptions(
    boolean tied,
    double embeddingScale,
    int positions,
    double logitScale,
    double logitCap,
    @Nullable Double embeddingDeviation,
    @Nullable Double headDeviation,
    int meta) {

  /** The same with fewer meta tokens, where there are more than so many. */
  public ModelOptions withMetaOfAtMost(int most) {
    return new ModelOptions(
        tied,
        embeddingScale,
        positions,
        logitScale,
        logitCap,
        embeddingDeviation,
        headDeviation,
        Math.min(meta, most));
  }

  /** As {@code info} says it: {@code tied head, embedding times 8, logits capped at 30}. */
  public String words() {
    List<String> words = new ArrayList<>();
    words.add(tied ? "tied head" : "own head");
    if (embeddingScale != 1) {
      words.add("embedding times " + Numbers.shortest(embeddingScale));
    }
    if (positions != 0) {
      words.add(String.format(Locale.ROOT, "%,d learnt positions", positions));
    }
    if (logitScale != 1) {
      words.add("logits times " + Numbers.shortest(logitScale));
    }
    if (logitCap != 0) {
      words.add("logits capped at " + Numbers.shortest(logitCap));
    }
    if (embeddingDeviation != null) {
      words.add("embedding begins with deviation " + Numbers.shortest(embeddingDeviation));
    }
    if (headDeviation != null) {
      words.add("head begins with deviation " + Numbers.shortest(headDeviation));
    }
    if (meta != 0) {
      words.add(String.format(Locale.ROOT, "%,d meta token%s", meta, meta == 1 ? "" : "s"));
    }
    return String.join(", ", words);
  }
}
