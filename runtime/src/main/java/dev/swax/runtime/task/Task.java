package dev.swax.runtime.task;

/**
 * A source of examples, each a pure function of the task, a seed and an index. There are three
 * kinds, by how a model is scored: which token it finds likeliest at marked positions, what it
 * writes, and which of several texts it finds likeliest.
 */
public sealed interface Task permits PredictionTask, GenerationTask, ChoiceTask {
  /** {@link #size} of a task that makes its examples. */
  long ENDLESS = Long.MAX_VALUE;

  /**
   * The task in the language, with every argument stated: {@code mqar(length: 256, pairs: 16,
   * ...)}. Equal texts mean equal examples and scores; what is read from files enters by its hash.
   */
  String describe();

  /** How many different tokens a model must know. */
  int vocabulary();

  /**
   * The most tokens of an example together with its answer; 0 where examples are as long as they
   * come.
   */
  int length();

  /**
   * The same task at another length. What is not tied to the length stays.
   *
   * @throws dev.swax.runtime.UserError where there is no such task
   */
  Task atLength(int length);

  /** How many examples there are: indices are below it. */
  long size();

  /**
   * Example number {@code index} as training shows it: what is asked, then the right answer, with
   * targets where the answer is predicted. It has at most {@link #length} tokens.
   */
  Example example(long seed, long index);
}
