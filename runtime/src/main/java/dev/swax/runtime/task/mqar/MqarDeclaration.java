package dev.swax.runtime.task.mqar;

import static dev.swax.runtime.declare.Argument.optional;
import static dev.swax.runtime.declare.Argument.required;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.declare.TaskDeclaration;

/** {@code mqar(length: 256, pairs: 16)}. */
public final class MqarDeclaration {
  private static final Argument<Integer> LENGTH =
      required("length", ArgumentType.SIZE, "tokens of an example");
  private static final Argument<Integer> PAIRS =
      required("pairs", ArgumentType.SIZE, "keys with a value each");
  private static final Argument<Integer> VOCAB =
      optional("vocab", ArgumentType.SIZE, 8192, "number of tokens");
  static final Argument<Double> POWER =
      optional("power", ArgumentType.POSITIVE, 0.01, "of the distances; 1 spreads them evenly");
  static final Argument<Boolean> NOISE =
      optional("noise", ArgumentType.TRUTH, true, "whether random tokens stand between");
  static final Argument<Integer> PASSES =
      optional("passes", ArgumentType.SIZE, 1, "how often the pairs are shown");
  static final Argument<Integer> NEAREST =
      optional("nearest", ArgumentType.COUNT, 0, "least distance from a query to its key");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "mqar",
          "the value of a key: associative recall in made tokens",
          given ->
              new Mqar(
                  given.of(LENGTH),
                  given.of(PAIRS),
                  given.of(VOCAB),
                  given.of(POWER),
                  given.of(NOISE),
                  given.of(PASSES),
                  given.of(NEAREST)),
          LENGTH,
          PAIRS,
          VOCAB,
          POWER,
          NOISE,
          PASSES,
          NEAREST);

  private MqarDeclaration() {}
}
