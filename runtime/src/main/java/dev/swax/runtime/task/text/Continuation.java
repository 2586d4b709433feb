package dev.swax.runtime.task.text;

import dev.swax.runtime.token.Tokenizer;
import java.util.Arrays;

/**
 * A context and what follows it, encoded together and cut after as many tokens as the context has
 * alone. Blanks at the context's end go to what follows, since they belong to its first word.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Continuation(int[] context, int[] continuation) {

  public static Continuation encode(Tokenizer tokenizer, String context, String continuation) {
    String head = context.stripTrailing();
    int[] whole = tokenizer.encode(context + continuation);
    int cut = tokenizer.encode(head).length;
    return new Continuation(
        Arrays.copyOf(whole, cut), Arrays.copyOfRange(whole, cut, whole.length));
  }
}
