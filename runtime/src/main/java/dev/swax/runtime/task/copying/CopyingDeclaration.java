package dev.swax.runtime.task.copying;

import static dev.swax.runtime.declare.Argument.optional;
import static dev.swax.runtime.declare.Argument.required;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.declare.TaskDeclaration;

/** {@code copying(length: 4Ki)}. */
public final class CopyingDeclaration {
  private static final Argument<Integer> LENGTH =
      required("length", ArgumentType.SIZE, "tokens of an example");
  private static final Argument<Integer> ITEMS =
      optional("items", ArgumentType.SIZE, 16, "tokens to remember");
  private static final Argument<Integer> VOCAB =
      optional("vocab", ArgumentType.SIZE, 16, "number of tokens");
  private static final Argument<Boolean> SELECTIVE =
      optional("selective", ArgumentType.TRUTH, true, "whether blanks stand between the items");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "copying",
          "tokens that stood earlier, in their order: selective copying in made tokens",
          given ->
              new Copying(given.of(LENGTH), given.of(ITEMS), given.of(VOCAB), given.of(SELECTIVE)),
          LENGTH,
          ITEMS,
          VOCAB,
          SELECTIVE);

  private CopyingDeclaration() {}
}
