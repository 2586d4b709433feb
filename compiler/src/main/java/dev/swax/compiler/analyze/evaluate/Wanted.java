package dev.swax.compiler.analyze.evaluate;

/** What the places of the language accept. */
public enum Wanted implements Accepted {
  ANY("any value"),
  NUMBER("a number"),
  REAL("a number without a unit"),
  POSITIVE_REAL("a number above 0"),
  SHARE("a number from 0 to 1, or a percentage"),
  SIZE("a whole number of 1 or more"),
  OPTIONAL_SIZE("a whole number of 1 or more, or none"),
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
  OPTIONAL_WINDOW("a window, or none"),
  WINDOWS("a list of window sizes"),
  COUNTS("a list of whole numbers"),
  PART("a cell, a feed-forward, a norm or a block"),
  MIXER("a cell"),
  CELL("a cell"),
  FEED_FORWARD("a feed-forward, or none"),
  NORM("a norm"),
  LAYER("a block"),
  LAYERS("a list of layers"),
  LIST("a list"),
  OPTIONAL_REAL("a number above 0, or none"),
  MODEL("a model"),
  DATA("a data block"),
  TRAIN("a train block"),
  TASK("a task"),
  LEARNING_RATE("a learning rate"),
  OPTIMIZER("an optimizer"),
  STOP("`when validation stalls for 5`, or none"),
  PART_OF_MIX("a share of a data block"),
  SHARES("a list of shares of data blocks"),
  GROUP("a group of parameters"),
  GROUPS("a list of groups of parameters"),
  EARLIER_TASK("a task before a moment"),
  EARLIER_TASKS("a list of tasks before moments"),
  TOKENIZER("a tokenizer"),
  DOCUMENTS("`carry` or `reset`"),
  LOSS("`answers` or `all`");

  private final String description;

  Wanted(String description) {
    this.description = description;
  }

  @Override
  public String description() {
    return description;
  }
}
