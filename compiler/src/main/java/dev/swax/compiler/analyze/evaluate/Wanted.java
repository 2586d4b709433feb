package dev.swax.compiler.analyze.evaluate;

import dev.swax.runtime.task.text.babi.BabiKind;
import dev.swax.runtime.task.text.babi.BabiPrompt;
import dev.swax.runtime.task.text.choice.ChoiceSet;
import dev.swax.runtime.task.text.choice.HubChoices;
import dev.swax.runtime.task.text.code.CodeSet;
import dev.swax.runtime.task.text.exact.AnswerSet;
import dev.swax.runtime.task.text.longbench.LongSet;
import dev.swax.runtime.task.text.needle.Frame;
import dev.swax.runtime.task.text.needle.NeedleKind;
import dev.swax.runtime.task.text.needle.NeedleOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a place accepts, in the words that messages and the reference use. */
public enum Wanted {
  ANY("any value"),
  NUMBER("a number"),
  REAL("a number without a unit"),
  POSITIVE_REAL("a number above 0"),
  SHARE("a number from 0 to 1, or a percentage"),
  SIZE("a whole number of 1 or more"),
  COUNT("a whole number of 0 or more"),
  TOKENS("tokens (tok)"),
  DISTANCE("a whole number of 0 or more (tok)"),
  TOKENS_PER_STEP("tokens in each step (tok)"),
  STEPS("steps (step)"),
  BUDGET("tokens (tok) or steps (step)"),
  MOMENT("steps (step) or a share of training (%)"),
  BOOLEAN("true or false"),
  TEXT("text"),
  TEXTS("a list of text"),
  PAIR("a list of two numbers from 0 to 1"),
  WINDOW("a window"),
  WINDOWS("a list of window sizes"),
  COUNTS("a list of whole numbers"),
  MIXER("a mixer or a memory cell"),
  CELL("a memory cell"),
  FEED_FORWARD("a feed-forward, or none"),
  NORM("a norm"),
  LAYER("a layer"),
  LAYERS("a list of layers"),
  LIST("a list"),
  OPTIONAL_REAL("a number above 0, or none"),
  MODEL("a model"),
  DATA("a data block"),
  TRAIN("a train block"),
  TASK("a task"),
  LEARNING_RATE("a learning rate"),
  OPTIMIZER("an optimizer"),
  TOKENIZER("`bytes`"),
  DOCUMENTS("`carry` or `reset`"),
  LOSS("`answers` or `all`"),
  NEEDLE_KIND(names(NeedleKind.values(), "all")),
  NEEDLE_FRAME(names(Frame.values())),
  NEEDLE_START(names(NeedleOptions.Start.values())),
  NEEDLE_ORDER(names(NeedleOptions.Order.values())),
  BABI_KIND(names(BabiKind.values())),
  BABI_PROMPT(names(BabiPrompt.values())),
  CHOICE_SET(names(ChoiceSet.values())),
  CHOICE_SIZE(names(HubChoices.Size.values())),
  ANSWER_SET(names(AnswerSet.values())),
  CODE_SET(names(CodeSet.values())),
  LONG_SET(names(LongSet.values(), "v2"));

  private final String description;
  private final List<String> words;

  Wanted(String description) {
    this.description = description;
    this.words = List.of();
  }

  /** One of these words, which mean this in such a place alone. */
  Wanted(List<String> words) {
    this.words = words;
    this.description = "one of `" + String.join("`, `", words) + "`";
  }

  private static List<String> names(Enum<?>[] values, String... others) {
    List<String> names = new ArrayList<>(List.of(others));
    for (Enum<?> value : values) {
      names.add(value.name().toLowerCase(Locale.ROOT));
    }
    return List.copyOf(names);
  }

  /** The words that a place of names accepts; none elsewhere. */
  List<String> words() {
    return words;
  }

  String description() {
    return description;
  }
}
