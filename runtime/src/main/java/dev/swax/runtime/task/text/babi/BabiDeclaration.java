package dev.swax.runtime.task.text.babi;

import static dev.swax.runtime.declare.Argument.optional;
import static dev.swax.runtime.declare.Argument.required;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.task.text.Background;
import dev.swax.runtime.task.text.FileText;
import dev.swax.runtime.task.text.Prose;

/** {@code babilong(task: qa1, length: 4Ki tok)}. */
public final class BabiDeclaration {
  /** BABILong keeps sentences of ten GPT-2 tokens or more, which are about as many characters. */
  private static final int SENTENCE = 40;

  private static final Argument<BabiKind> KIND =
      required("task", ArgumentType.oneOf(BabiKind.class), "one of the first five tasks of bAbI");
  private static final Argument<Integer> LENGTH =
      optional("length", ArgumentType.TOKENS_OR_NONE, 4096, "of a question and answer; 0: no text");
  private static final Argument<BabiPrompt> PROMPT =
      optional(
          "prompt",
          ArgumentType.oneOf(BabiPrompt.class),
          BabiPrompt.FULL,
          "instruction and examples, or neither");
  private static final Argument<Double> SHARE =
      optional("share", ArgumentType.SHARE, 0.125, "the most that facts take of the length");
  private static final Argument<Integer> ROOM =
      optional("room", ArgumentType.TOKENS_OR_NONE, 16, "least room for the answer");
  private static final Argument<Background> TEXT =
      optional(
          "text",
          ArgumentType.texts(files -> FileText.of(files, SENTENCE)),
          Prose.SHIPPED,
          Prose.SHOWN,
          "files to hide facts in");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "babilong",
          "what follows from facts, alone or spread over a long text: BABILong qa1 to qa5",
          given ->
              new BabiTask(
                  given.of(KIND),
                  given.of(LENGTH),
                  options(given),
                  given.of(TEXT),
                  given.tokenizer()),
          KIND,
          LENGTH,
          PROMPT,
          SHARE,
          ROOM,
          TEXT);

  private BabiDeclaration() {}

  static BabiTask.Options options(Given given) {
    return new BabiTask.Options(given.of(PROMPT), given.of(SHARE), given.of(ROOM));
  }
}
