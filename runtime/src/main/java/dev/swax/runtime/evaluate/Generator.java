package dev.swax.runtime.evaluate;

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
  private final PromptReader reader;

  /**
   * @param vocabulary the tokens that may be written are those below it: a model may know more
   *     tokens than text has
   * @param windows of every window of the model, in the order of {@link Program#windowNames}
   */
  public Generator(Program program, int vocabulary, int[] windows) {
    this.program = program;
    this.vocabulary = vocabulary;
    this.windows = windows.clone();
    this.reader = new PromptReader(program, windows);
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
    PromptReader.requireTokens(prompt);
    program.resetState();
    reader.read(prompt, prompt.length - 1);
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
}
