package dev.swax.runtime.task;

import dev.swax.runtime.token.Tokenizer;
import java.util.Arrays;
import java.util.List;

/** Scored by what the model writes after a text. */
public non-sealed interface GenerationTask extends Task {
  /** Between the texts of the task and tokens. */
  Tokenizer tokenizer();

  /** How the model writes its answers. */
  Decoding decoding();

  /**
   * Question number {@code index}. Its tokens and those of the answer fit into {@link #length}; it
   * is never cut to fit.
   */
  Question question(long seed, long index);

  /** What is measured, at least one thing: {@code accuracy}, {@code f1}. The first is primary. */
  List<String> metrics();

  /**
   * The score of one question for each of {@link #metrics}, usually 0 to 1.
   *
   * @param answers what the model wrote, {@code decoding().samples()} times
   */
  double[] score(Question question, List<String> answers);

  /**
   * The question followed by the answer that is taught, as they are encoded together. Where a token
   * would hold the end of one and the beginning of the other, the answer is encoded by itself: a
   * model that is asked reads the tokens of the question alone.
   */
  @Override
  default Example example(long seed, long index) {
    Question question = question(seed, index);
    int[] asked = question.tokens();
    int[] whole = tokenizer().prompt(question.text() + question.answer());
    int[] answer =
        Arrays.mismatch(whole, asked) == asked.length
            ? Arrays.copyOfRange(whole, asked.length, whole.length)
            : tokenizer().encode(question.answer());
    return Example.continuation(asked, answer);
  }
}
