package dev.swax.runtime.task.text;

import dev.swax.runtime.token.Tokenizer;
import java.util.Arrays;

/**
 * A context and what follows it, encoded together and cut after as many tokens as the context has
 * alone. Blanks at the context's end go to what follows, since they belong to its first word. A
 * token that holds the end of one and the beginning of the other goes to the context, if that has
 * as many tokens alone.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Continuation(int[] context, int[] continuation) {

  public static Continuation encode(Tokenizer tokenizer, String context, String continuation) {
    int[] whole = tokenizer.prompt(context + continuation);
    int head = tokenizer.prompt(context.stripTrailing()).length;
    int cut = Math.min(head, whole.length - 1); // something is left, even if all is one token
    return new Continuation(
        Arrays.copyOf(whole, cut), Arrays.copyOfRange(whole, cut, whole.length));
  }
}
