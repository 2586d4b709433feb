package dev.swax.runtime.task.text.exact;

import static dev.swax.runtime.declare.Argument.optional;
import static dev.swax.runtime.declare.Argument.required;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.task.text.record.RecordFile;

/** {@code exact_match(set: nq, file: "nq.jsonl")}. */
public final class ExactDeclaration {
  private static final Argument<AnswerSet> SET =
      required("set", ArgumentType.oneOf(AnswerSet.class), "whose layout the records have");
  private static final Argument<Integer> ROOM =
      optional("room", ArgumentType.TOKENS, 64, "tokens of the longest answer");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "exact_match",
          "short answers: NQ-open, TriviaQA",
          given ->
              new ExactMatch(
                  given.of(SET), given.of(ROOM), given.of(RecordFile.FILE), given.tokenizer()),
          SET,
          RecordFile.FILE,
          ROOM);

  private ExactDeclaration() {}
}
