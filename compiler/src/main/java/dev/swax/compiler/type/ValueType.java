package dev.swax.compiler.type;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of values; those with a name can stand after a parameter's colon. */
public enum ValueType {
  NUMBER("Number", "a number"),
  TEXT("Text", "text"),
  BOOLEAN("Boolean", "true or false"),
  LIST("List", "a list"),
  WINDOW("Window", "a window"),
  CELL("Cell", "a cell"),
  MIXER("Mixer", "a mixer"),
  FEED_FORWARD("FeedForward", "a feed-forward"),
  NORM("Norm", "a norm"),
  LAYER("Layer", "a block"),
  MODEL("Model", "a model"),
  DATA("Data", "a data block"),
  TASK("Task", "a task"),
  TOKENIZER("Tokenizer", "a tokenizer"),
  LEARNING_RATE("LearningRate", "a learning rate"),
  OPTIMIZER("Optimizer", "an optimizer"),
  SHARE("", "a share of a data block"),
  GROUP("", "a group of parameters"),
  EARLIER_TASK("", "a task before a moment"),
  STOP("", "a rule to stop"),
  TRAIN("", "a train block"),
  WORD("", "a word"),
  FUNCTION("", "a function"),
  UNKNOWN("", "a value with an error");

  private final String typeName;
  private final String description;

  ValueType(String typeName, String description) {
    this.typeName = typeName;
    this.description = description;
  }

  /** As messages name it: {@code a window}. */
  public String description() {
    return description;
  }

  /** As a parameter's type is written: {@code Window}. */
  public String typeName() {
    return typeName;
  }

  /** The type of that name, if there is one. */
  public static Optional<ValueType> find(String typeName) {
    return Arrays.stream(values())
        .filter(type -> !type.typeName.isEmpty() && type.typeName.equals(typeName))
        .findFirst();
  }

  /** Every name that can stand after a parameter's colon. */
  public static List<String> names() {
    return Arrays.stream(values())
        .map(ValueType::typeName)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
