package dev.swax.runtime.task;

import java.util.List;

/**
 * A text to continue.
 *
 * @param text all that the model reads
 * @param tokens of {@code text}
 * @param answer the continuation that training teaches
 * @param references what an answer is compared with
 * @param asked the question itself, where a scorer needs it apart from the text; else empty
 * @param group what the question's score is also reported under, such as {@code depth 40%}; else
 *     empty. With {@code a/b} also under {@code a}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Question(
    String text, int[] tokens, String answer, List<String> references, String asked, String group) {
  public Question {
    references = List.copyOf(references);
  }
}
