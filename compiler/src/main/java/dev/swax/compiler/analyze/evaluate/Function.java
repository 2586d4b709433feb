package dev.swax.compiler.analyze.evaluate;

import static dev.swax.compiler.analyze.evaluate.Key.derived;
import static dev.swax.compiler.analyze.evaluate.Key.required;

import java.util.Locale;

/** The built-in functions, each with its arguments in order. */
public enum Function {
  ROUND_UP(
      "the next multiple of `to` that is not below x",
      required("x", Wanted.NUMBER, "the number"),
      required("to", Wanted.NUMBER, "the multiple")),
  ROUND("the nearest whole number", required("x", Wanted.NUMBER, "the number")),
  FLOOR("the whole number below", required("x", Wanted.NUMBER, "the number")),
  CEIL("the whole number above", required("x", Wanted.NUMBER, "the number")),
  MIN(
      "the smaller of two numbers",
      required("a", Wanted.NUMBER, "the first"),
      required("b", Wanted.NUMBER, "the second")),
  MAX(
      "the larger of two numbers",
      required("a", Wanted.NUMBER, "the first"),
      required("b", Wanted.NUMBER, "the second")),
  LENGTH("how many elements a list has", required("list", Wanted.LIST, "the list")),
  CYCLE(
      "the tile over and over, cut after `count` elements",
      required("tile", Wanted.LIST, "what is repeated"),
      required("count", Wanted.COUNT, "how many elements")),
  ZIP(
      "the first elements together, then the second, and so on",
      required("a", Wanted.LIST, "the first list"),
      required("b", Wanted.LIST, "the second, as long as the first"),
      derived("c", Wanted.LIST, "none", "a third"),
      derived("d", Wanted.LIST, "none", "a fourth")),
  RAMP(
      "a window that grows or shrinks in equal parts",
      required("from", Wanted.SIZE, "the first window"),
      required("to", Wanted.SIZE, "the last window"),
      required("over", Wanted.MOMENT, "when `to` is reached")),
  PARAMETERS("trained numbers of a model", required("model", Wanted.MODEL, "the model")),
  ACTIVE_PARAMETERS(
      "trained numbers that a token meets: of experts, of those that it goes to",
      required("model", Wanted.MODEL, "the model")),
  FLOPS_PER_TOKEN(
      "operations of one token's forward pass",
      required("model", Wanted.MODEL, "the model"),
      derived("seq", Wanted.TOKENS, "seq of the train block", "length of the sequences")),
  RECEPTIVE_FIELD(
      "how many tokens can reach an output; only where it is bounded",
      required("model", Wanted.MODEL, "the model")),
  STATE_BYTES(
      "what one sequence keeps between tokens",
      required("model", Wanted.MODEL, "the model"),
      derived("seq", Wanted.TOKENS, "seq of the train block", "length of the sequences")),
  VOCABULARY(
      "how many different tokens a model of the data must know",
      required("data", Wanted.DATA, "the data block")),
  PARALLEL("several mixers on the same input", required("mixers", Wanted.LIST, "the mixers")),
  SHARED("one set of weights in several places", required("part", Wanted.PART, "the part"));

  private final Schema schema;
  private final String meaning;

  Function(String meaning, Key... arguments) {
    this.meaning = meaning;
    this.schema = Schema.of(name().toLowerCase(Locale.ROOT), arguments);
  }

  /** Its arguments, in order. */
  public Schema schema() {
    return schema;
  }

  /** What it gives, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** As it is written: {@code round_up}. */
  public String text() {
    return schema.construct();
  }
}
