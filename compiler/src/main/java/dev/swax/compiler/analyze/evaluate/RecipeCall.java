package dev.swax.compiler.analyze.evaluate;

import static dev.swax.compiler.analyze.evaluate.Key.derived;
import static dev.swax.compiler.analyze.evaluate.Key.optional;
import static dev.swax.compiler.analyze.evaluate.Key.required;

import dev.swax.compiler.type.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The built-in parts of a recipe, each with its arguments in order. */
public enum RecipeCall implements Constructor {
  CONSTANT(ValueType.LEARNING_RATE, required("rate", Wanted.POSITIVE_REAL, "at every step")),
  WARMUP_COSINE(
      ValueType.LEARNING_RATE,
      required("peak", Wanted.POSITIVE_REAL, "the rate when the warmup ends"),
      optional("min", Wanted.REAL, "0", "the rate of the last step"),
      optional("warmup", Wanted.MOMENT, "0 step", "a straight line up to the peak")),
  WSD(
      ValueType.LEARNING_RATE,
      required("peak", Wanted.POSITIVE_REAL, "the rate between warmup and decay"),
      optional("min", Wanted.REAL, "0", "the rate of the last step"),
      optional("warmup", Wanted.MOMENT, "0 step", "a straight line up to the peak"),
      optional("decay", Wanted.SHARE, "20%", "the share of training that goes down to min")),
  SHARE(
      ValueType.SHARE,
      required("data", Wanted.DATA, "the data block"),
      required("of", Wanted.SHARE, "its part of all tokens"),
      derived("later", Wanted.SHARE, "the same", "its part in the end"),
      derived("from", Wanted.MOMENT, "never", "when that begins"),
      derived("to", Wanted.MOMENT, "at once", "when it is that, after a straight line")),
  BEFORE(
      ValueType.EARLIER_TASK,
      required("moment", Wanted.MOMENT, "until when"),
      required("task", Wanted.TASK, "what is learnt until then")),
  GROUP(
      ValueType.GROUP,
      required("names", Wanted.TEXTS, "parameters: words of their names, `*` for any part of one"),
      optional("lr", Wanted.REAL, "1", "what the learning rate is multiplied by"),
      derived("decay", Wanted.REAL, "the optimizer's", "their own weight decay")),
  MUON(
      ValueType.OPTIMIZER,
      optional("momentum", Wanted.SHARE, "0.95", "how much of the momentum stays"),
      optional("nesterov", Wanted.BOOLEAN, "true", "whether the gradient goes ahead"),
      optional("iterations", Wanted.SIZE, "5", "of Newton-Schulz"),
      optional(
          "scale",
          new OneOf(List.of("like_adamw", "by_shape")),
          "like_adamw",
          "how large an update is"),
      optional(
          "rest", Wanted.POSITIVE_REAL, "1", "times the rate, for all that Muon does not take"),
      optional("betas", Wanted.PAIR, "[0.9, 0.95]", "memory of AdamW's moments, for that"),
      optional("eps", Wanted.POSITIVE_REAL, "1e-8", "added to the root of its second moment"),
      optional("decay", Wanted.REAL, "0.1", "weight decay, on matrices only"),
      optional("clip", Wanted.OPTIONAL_REAL, "1.0", "largest norm of the whole gradient, or none")),
  ADAMW(
      ValueType.OPTIMIZER,
      optional("betas", Wanted.PAIR, "[0.9, 0.95]", "memory of the two moments"),
      optional("eps", Wanted.POSITIVE_REAL, "1e-8", "added to the root of the second moment"),
      optional("decay", Wanted.REAL, "0.1", "weight decay, on matrices only"),
      optional("clip", Wanted.OPTIONAL_REAL, "1.0", "largest norm of the whole gradient, or none"));

  private final ValueType result;
  private final Schema schema;

  RecipeCall(ValueType result, Key... arguments) {
    this.result = result;
    this.schema = Schema.of(name().toLowerCase(Locale.ROOT), arguments);
  }

  static Optional<RecipeCall> find(String text) {
    return Stream.of(values()).filter(part -> part.text().equals(text)).findFirst();
  }

  @Override
  public ValueType result() {
    return result;
  }

  @Override
  public Schema schema() {
    return schema;
  }
}
