package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.ir.UnaryFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions of a part's body that are more than one value of {@link UnaryFunction}. */
public enum PartFunction {
  LINEAR(
      "linear", "a projection with weights of its own", 1, "x", "init", "bias", "gain", "within"),
  LOW_RANK(
      "low_rank",
      "two projections in a row, with `rank` channels between them",
      2,
      "x",
      "rank",
      "init",
      "bias",
      "gain"),
  WEIGHT("weight", "a learnt value that is the same at every token", 1, "init"),
  OWN("own", "the value itself, with weights of its own in each place of a shared part", 1, "x"),
  ATTEND(
      "attend",
      "softmax attention over this token and those before it",
      3,
      "q",
      "k",
      "v",
      "window",
      "mask",
      "scale",
      "cap",
      "sinks"),
  ROTATE(
      "rotate",
      "rotary positions on the channels of each head",
      2,
      "x",
      "base",
      "share",
      "pairs",
      "scale"),
  CONCAT("concat", "the channels of both values, head by head", 2, "left", "right"),
  PRODUCTS(
      "products",
      "each channel of one value times each of the other, head by head",
      2,
      "left",
      "right"),
  MIXTURE(
      "mixture",
      "a mixture of experts, each a feed-forward with weights of its own",
      1,
      "x",
      "experts",
      "active",
      "groups",
      "active_groups",
      "score",
      "normalize",
      "eps",
      "scale",
      "bias",
      "correction",
      "on_input",
      "balance"),
  CONV(
      "conv",
      "a causal convolution over the last `width` tokens, a filter for each channel",
      2,
      "x",
      "width",
      "init",
      "bias"),
  PREVIOUS("previous", "the value of the token before; 0 at the first token of a document", 1, "x"),
  LAYER_NORM(
      "layer_norm",
      "layer norm over the channels of each head",
      1,
      "x",
      "epsilon",
      "weights",
      "over"),
  RMSNORM(
      "rmsnorm",
      "root mean square norm over the channels of each head",
      1,
      "x",
      "epsilon",
      "weights",
      "over"),
  L2NORM("l2norm", "the value divided by its length in each head; no weights", 1, "x", "epsilon"),
  OUTER("outer", "column times row: a matrix", 2, "left", "right"),
  DIAG("diag", "before or after a matrix: multiplies its rows or its columns", 1, "x"),
  SOFT_CAP("soft_cap", "`c tanh(x / c)`", 2, "x", "cap"),
  ELU("elu", "`max(x, 0) + exp(min(x, 0)) - 1`", 1, "x"),
  GELU_ERF("gelu_erf", "x times the share of a normal distribution below it, exactly", 1, "x"),
  MAX("max", "the larger of two values, elementwise", 2, "left", "right"),
  MIN("min", "the smaller of two values, elementwise", 2, "left", "right");

  /**
   * How a function is called.
   *
   * @param text its name as it is written
   * @param meaning what it gives, in a few words
   * @param required how many arguments cannot be left out; those may also be given by position
   */
  public record Signature(String text, String meaning, int required, List<String> arguments) {
    public Signature {
      arguments = List.copyOf(arguments);
    }

    /** Of what means something in one place alone. */
    Signature(String text, int required, List<String> arguments) {
      this(text, "", required, arguments);
    }

    /** Of a function of one value. */
    static Signature of(UnaryFunction function) {
      return new Signature(function.text(), "elementwise", 1, List.of("x"));
    }
  }

  private final Signature signature;

  PartFunction(String text, String meaning, int required, String... arguments) {
    signature = new Signature(text, meaning, required, List.of(arguments));
  }

  Signature signature() {
    return signature;
  }

  /** As it is written. */
  String text() {
    return signature.text();
  }

  static Optional<PartFunction> find(String text) {
    return Arrays.stream(values()).filter(function -> function.text().equals(text)).findFirst();
  }

  /** All functions that a cell may call. */
  public static List<Signature> signatures() {
    return Stream.concat(
            Arrays.stream(values()).map(PartFunction::signature),
            UnaryFunction.called().stream().map(Signature::of))
        .toList();
  }

  /** Of all functions that a cell may call. */
  static List<String> names() {
    return signatures().stream().map(Signature::text).toList();
  }
}
