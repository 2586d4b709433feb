package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** Continues a prompt token by token; memory and time per token do not grow with the text. */
public final class Generator {
  private final Program program;
  private final int vocabulary;
  private final int[] windows;

  /**
   * @param vocabulary the tokens that may be written are those below it: a model may know more
   *     tokens than text has
   * @param windows of every window of the model, in the order of {@link Program#windowNames}
   */
  public Generator(Program program, int vocabulary, int[] windows) {
    this.program = program;
    this.vocabulary = vocabulary;
    this.windows = windows.clone();
  }

  /**
   * Generates {@code length} tokens after the prompt, handing each to {@code out} as it is made.
   *
   * @param stream one value of it is taken for each token
   */
  public void generate(
      int[] prompt, int length, Sampling sampling, RandomStream stream, IntConsumer out) {
    generateWhile(
        prompt,
        length,
        sampling,
        stream,
        token -> {
          out.accept(token);
          return true;
        });
  }

  /** The same, until {@code out} answers that it needs no more. */
  public void generateWhile(
      int[] prompt, int length, Sampling sampling, RandomStream stream, IntPredicate out) {
    if (prompt.length == 0) {
      throw new UserError("the prompt is empty, but at least one token is needed", null);
    }
    program.resetState();
    read(prompt, prompt.length - 1);
    Batch one = Batch.allocate(program.batch(), 1);
    var choice = new TokenChoice(sampling, stream, vocabulary);
    int token = prompt[prompt.length - 1];
    boolean wanted = true;
    for (int i = 0; i < length && wanted; i++) {
      step(one, token, i == 0 && prompt.length == 1);
      token = choice.choose(program.logits(), 0);
      wanted = out.test(token);
    }
    program.resetState();
  }

  /** The continuation as one array. */
  public int[] generate(int[] prompt, int length, Sampling sampling, RandomStream stream) {
    int[] tokens = new int[length];
    int[] next = {0};
    generate(prompt, length, sampling, stream, token -> tokens[next[0]++] = token);
    return tokens;
  }

  private void step(Batch one, int token, boolean first) {
    Arrays.fill(one.tokens(), token);
    Arrays.fill(one.targets(), -1);
    Arrays.fill(one.documentStarts(), first);
    program.evaluate(one, windows);
  }

  /** Walks the first {@code length} tokens in segments. */
  private void read(int[] prompt, int length) {
    for (int from = 0; from < length; from += program.time()) {
      int time = Math.min(program.time(), length - from);
      Batch segment = Batch.allocate(program.batch(), time);
      for (int row = 0; row < program.batch() * time; row++) {
        segment.tokens()[row] = prompt[from + row % time];
        segment.targets()[row] = -1;
        segment.documentStarts()[row] = from + row % time == 0;
      }
      program.evaluate(segment, windows);
    }
  }
}
