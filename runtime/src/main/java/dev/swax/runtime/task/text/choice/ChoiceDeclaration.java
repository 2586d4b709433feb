package dev.swax.runtime.task.text.choice;

import static dev.swax.runtime.declare.Argument.optional;
import static dev.swax.runtime.declare.Argument.required;

import dev.swax.runtime.declare.Argument;
import dev.swax.runtime.declare.ArgumentType;
import dev.swax.runtime.task.declare.TaskDeclaration;
import dev.swax.runtime.task.text.record.RecordFile;

/** {@code choices(set: arc, file: "ARC-Easy.jsonl")}. */
public final class ChoiceDeclaration {
  private static final Argument<ChoiceSet> SET =
      required("set", ArgumentType.oneOf(ChoiceSet.class), "whose layout the records have");
  private static final Argument<HubChoices.Size> BY =
      optional(
          "by",
          ArgumentType.oneOf(HubChoices.Size.class),
          HubChoices.Size.CHARACTERS,
          "what acc_norm divides by");

  public static final TaskDeclaration TASK =
      TaskDeclaration.of(
          "choices",
          "which of several texts is likeliest: ARC, HellaSwag, PIQA, Social IQa, WinoGrande, RACE",
          given ->
              new HubChoices(
                  given.of(SET), given.of(BY), given.of(RecordFile.FILE), given.tokenizer()),
          SET,
          RecordFile.FILE,
          BY);

  private ChoiceDeclaration() {}
}
