package dev.swax.runtime.task;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Optional;

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
   * ...)}. Equal texts mean equal examples and scores; what is read from files enters by its path
   * as it is written, and its hash.
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
   * @throws UserError where there is no such task
   */
  Task atLength(int length);

  /**
   * The same task with the tokens that a tokenizer makes of its texts; the task itself where its
   * examples are tokens to begin with.
   *
   * @throws UserError where there is no such task
   */
  Task withTokenizer(Tokenizer tokenizer);

  /** How many examples there are: indices are below it. */
  long size();

  /**
   * What keeps the examples from being made and is the user's to put right, such as a file that is
   * missing or a record without one of its fields; it names file and line. Where there is
   * something, {@link #describe}, {@link #vocabulary} and {@link #length} hold all the same, and
   * {@link #size} and {@link #example} throw it.
   */
  default Optional<UserError> obstacle() {
    return Optional.empty();
  }

  /**
   * The examples that are kept for a purpose where the task is trained on: no example has two.
   * Those that are made differ by {@link Purpose#seed} already, so the task is its own part;
   * records of a file are divided.
   */
  default Task part(Purpose purpose) {
    return this;
  }

  /**
   * As many examples as a score of about so many should be of, where nobody says how many: whole
   * rounds where kinds of questions take turns, and all records of a file ({@link #ENDLESS}).
   */
  default long examples(long about) {
    return about;
  }

  /**
   * What one should know of the scores, with what to type instead; empty where there is nothing.
   */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** Paths and patterns of the files that it reads, as they are written. */
  default List<String> files() {
    return List.of();
  }

  /**
   * The command that scoring starts, for people, with what its files hold; empty where scoring
   * starts none, as most do. Making examples never starts one.
   */
  default Optional<String> command() {
    return Optional.empty();
  }

  /** The same task, which may start its {@link #command}: without that, scoring refuses to. */
  default Task allowCommand() {
    return this;
  }

  /**
   * Example number {@code index} as training shows it: what is asked, then the right answer, with
   * targets where the answer is predicted. It has at most {@link #length} tokens.
   */
  Example example(long seed, long index);
}
