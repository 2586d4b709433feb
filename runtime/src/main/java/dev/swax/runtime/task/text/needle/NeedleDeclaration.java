package dev.swax.runtime.task.text.needle;

import static dev.swax.runtime.declare.Argument.optional;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.declare.Given;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.task.text.Background;
import dev.swax.runtime.task.text.FileText;
import dev.swax.runtime.task.text.Prose;
import java.util.Optional;

/** {@code niah(kind: single_1, length: 4Ki tok)}. */
public final class NeedleDeclaration {
  private static final Argument<Optional<NeedleKind>> KIND =
      optional(
          "kind",
          ArgumentType.oneOf("all", NeedleKind.class),
          Optional.empty(),
          "one of RULER's eight needle tasks, or all");
  private static final Argument<Integer> LENGTH =
      optional("length", ArgumentType.TOKENS, 4096, "tokens of a question with its answer");
  private static final Argument<Integer> DIGITS =
      optional("digits", ArgumentType.SIZE, 7, "digits of a number");
  private static final Argument<Frame> FRAME =
      optional(
          "frame",
          ArgumentType.oneOf(Frame.class),
          Frame.FULL,
          "words around the text: RULER's, or few");
  private static final Argument<NeedleOptions.Start> START =
      optional(
          "start",
          ArgumentType.oneOf(NeedleOptions.Start.class),
          NeedleOptions.Start.BEGINNING,
          "where in the text a question begins");
  private static final Argument<NeedleOptions.Order> ORDER =
      optional(
          "order",
          ArgumentType.oneOf(NeedleOptions.Order.class),
          NeedleOptions.Order.FIXED,
          "of the needles: always the same, or drawn");
  private static final Argument<Integer> ROOM =
      optional("room", ArgumentType.TOKENS_OR_NONE, 32, "least room for the answer");
  private static final Argument<Background> TEXT =
      optional(
          "text",
          ArgumentType.texts(files -> FileText.of(files, 0)),
          Prose.SHIPPED,
          Prose.SHOWN,
          "files to hide needles in");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "niah",
          "what was hidden in a long text: RULER's eight needle tasks",
          NeedleDeclaration::task,
          KIND,
          LENGTH,
          DIGITS,
          FRAME,
          START,
          ORDER,
          ROOM,
          TEXT);

  private NeedleDeclaration() {}

  private static Task task(Given given) {
    int length = given.of(LENGTH);
    NeedleOptions options = options(given);
    Background text = given.of(TEXT);
    return given
        .of(KIND)
        .<Task>map(kind -> new NeedleTask(kind, length, options, text, given.tokenizer()))
        .orElseGet(() -> new AllNeedles(length, options, text, given.tokenizer()));
  }

  static NeedleOptions options(Given given) {
    return new NeedleOptions(
        given.of(DIGITS), given.of(FRAME), given.of(START), given.of(ORDER), given.of(ROOM));
  }
}
