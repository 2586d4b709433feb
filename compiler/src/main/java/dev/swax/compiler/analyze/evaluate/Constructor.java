package dev.swax.compiler.analyze.evaluate;

import static dev.swax.compiler.analyze.evaluate.Key.optional;
import static dev.swax.compiler.analyze.evaluate.Key.required;

import dev.swax.compiler.type.ValueType;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The built-in parts of a model and of a recipe, each with its arguments in order. */
public enum Constructor {
  SWA(
      ValueType.MIXER,
      required("window", Wanted.WINDOW, "keys that a token sees, itself included"),
      optional("heads", Wanted.SIZE, "width / head", "query heads"),
      optional("key_heads", Wanted.SIZE, "heads", "key and value heads; divides heads"),
      optional("head", Wanted.SIZE, "width / heads", "width of one head"),
      optional("rope", Wanted.OPTIONAL_REAL, "10k", "base of the rotary positions, or none")),
  ATTENTION(
      ValueType.MIXER,
      optional("heads", Wanted.SIZE, "width / head", "query heads"),
      optional("key_heads", Wanted.SIZE, "heads", "key and value heads; divides heads"),
      optional("head", Wanted.SIZE, "width / heads", "width of one head"),
      optional("rope", Wanted.OPTIONAL_REAL, "10k", "base of the rotary positions, or none")),
  RMSNORM(
      ValueType.NORM,
      optional("eps", Wanted.POSITIVE_REAL, "1e-6", "added to the mean square before its root")),
  SWIGLU(ValueType.FEED_FORWARD, required("hidden", Wanted.SIZE, "columns of the gate")),
  GEGLU(ValueType.FEED_FORWARD, required("hidden", Wanted.SIZE, "columns of the gate")),
  LAYER(
      ValueType.LAYER,
      required("mixer", Wanted.MIXER, "what moves information along time"),
      required("ffn", Wanted.FEED_FORWARD, "the feed-forward of this layer")),
  MIXER_ONLY(ValueType.LAYER, required("mixer", Wanted.MIXER, "a layer without feed-forward")),
  FFN_ONLY(
      ValueType.LAYER,
      optional("ffn", Wanted.FEED_FORWARD, "the model's ffn", "a layer without mixer")),
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
  ADAMW(
      ValueType.OPTIMIZER,
      optional("betas", Wanted.PAIR, "[0.9, 0.95]", "memory of the two moments"),
      optional("eps", Wanted.POSITIVE_REAL, "1e-8", "added to the root of the second moment"),
      optional("decay", Wanted.REAL, "0.1", "weight decay, on matrices only"),
      optional("clip", Wanted.OPTIONAL_REAL, "1.0", "largest norm of the whole gradient, or none")),
  MQAR(
      ValueType.TASK,
      required("length", Wanted.SIZE, "tokens of an example"),
      required("pairs", Wanted.SIZE, "keys with a value each"),
      optional("vocab", Wanted.SIZE, "8192", "number of tokens"),
      optional("power", Wanted.POSITIVE_REAL, "0.01", "of the distances; 1 spreads them evenly"),
      optional("noise", Wanted.BOOLEAN, "true", "whether random tokens stand between"),
      optional("passes", Wanted.SIZE, "1", "how often the pairs are shown"),
      optional("nearest", Wanted.DISTANCE, "0", "least distance from a query to its key")),
  NIAH(
      ValueType.TASK,
      optional("kind", Wanted.NEEDLE_KIND, "all", "one of RULER's eight needle tasks, or all"),
      optional("length", Wanted.SIZE, "4Ki tok", "tokens of a question with its answer"),
      optional("digits", Wanted.SIZE, "7", "digits of a number"),
      optional("frame", Wanted.NEEDLE_FRAME, "full", "words around the text: RULER's, or few"),
      optional("start", Wanted.NEEDLE_START, "beginning", "where in the text a question begins"),
      optional("order", Wanted.NEEDLE_ORDER, "fixed", "of the needles: always the same, or drawn"),
      optional("room", Wanted.DISTANCE, "32 tok", "least room for the answer"),
      optional("text", Wanted.TEXTS, "made sentences", "files to hide needles in")),
  BABILONG(
      ValueType.TASK,
      required("task", Wanted.BABI_KIND, "one of the first five tasks of bAbI"),
      optional("length", Wanted.DISTANCE, "4Ki tok", "of a question and answer; 0: no text"),
      optional("prompt", Wanted.BABI_PROMPT, "full", "instruction and examples, or neither"),
      optional("share", Wanted.SHARE, "12.5%", "the most that facts take of the length"),
      optional("room", Wanted.DISTANCE, "16 tok", "least room for the answer"),
      optional("text", Wanted.TEXTS, "made sentences", "files to hide facts in")),
  CHOICES(
      ValueType.TASK,
      required("set", Wanted.CHOICE_SET, "whose layout the records have"),
      required("file", Wanted.TEXT, "JSONL, a record on each line"),
      optional("by", Wanted.CHOICE_SIZE, "characters", "what acc_norm divides by")),
  EXACT_MATCH(
      ValueType.TASK,
      required("set", Wanted.ANSWER_SET, "whose layout the records have"),
      required("file", Wanted.TEXT, "JSONL, a record on each line"),
      optional("room", Wanted.SIZE, "64 tok", "tokens of the longest answer")),
  PROGRAMS(
      ValueType.TASK,
      required("set", Wanted.CODE_SET, "whose layout the records have"),
      required("file", Wanted.TEXT, "JSONL, a record on each line"),
      required("runner", Wanted.TEXTS, "the command that runs programs, word by word"),
      optional("samples", Wanted.SIZE, "10", "programs for each record"),
      optional("k", Wanted.SIZE, "10", "of pass@k"),
      optional("temperature", Wanted.REAL, "0.8", "of sampling"),
      optional("room", Wanted.SIZE, "1Ki tok", "tokens of the longest program"),
      optional("seconds", Wanted.SIZE, "60", "that the runner may take for a record")),
  LONGBENCH(
      ValueType.TASK,
      required("set", Wanted.LONG_SET, "one of LongBench's English sets, or v2"),
      required("file", Wanted.TEXT, "JSONL, a record on each line"),
      optional("length", Wanted.SIZE, "32Ki tok", "longer prompts lose their middle"));

  private final ValueType result;
  private final Schema schema;

  Constructor(ValueType result, Key... arguments) {
    this.result = result;
    this.schema = Schema.of(name().toLowerCase(Locale.ROOT), arguments);
  }

  static Optional<Constructor> find(String text) {
    return Stream.of(values()).filter(constructor -> constructor.text().equals(text)).findFirst();
  }

  ValueType result() {
    return result;
  }

  public Schema schema() {
    return schema;
  }

  /** As it is written: {@code warmup_cosine}. */
  public String text() {
    return schema.construct();
  }
}
