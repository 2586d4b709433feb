package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.ir.UnaryFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions of a part's body that are more than one value of {@link UnaryFunction}. */
enum PartFunction {
  LINEAR("linear", 1, "x", "init", "bias", "gain", "within"),
  LOW_RANK("low_rank", 2, "x", "rank", "init", "bias", "gain"),
  WEIGHT("weight", 1, "init"),
  OWN("own", 1, "x"),
  ATTEND("attend", 3, "q", "k", "v", "window", "mask", "scale", "cap", "sinks"),
  ROTATE("rotate", 2, "x", "base", "share", "pairs", "scale"),
  CONCAT("concat", 2, "left", "right"),
  PRODUCTS("products", 2, "left", "right"),
  MIXTURE(
      "mixture",
      1,
      "x",
      "experts",
      "active",
      "groups",
      "active_groups",
      "score",
      "normalize",
      "scale",
      "bias",
      "correction",
      "on_input",
      "balance"),
  CONV("conv", 2, "x", "width", "init", "bias"),
  PREVIOUS("previous", 1, "x"),
  LAYER_NORM("layer_norm", 1, "x", "epsilon", "weights", "over"),
  RMSNORM("rmsnorm", 1, "x", "epsilon", "weights", "over"),
  L2NORM("l2norm", 1, "x", "epsilon"),
  OUTER("outer", 2, "left", "right"),
  DIAG("diag", 1, "x"),
  SOFT_CAP("soft_cap", 2, "x", "cap"),
  ELU("elu", 1, "x"),
  GELU_ERF("gelu_erf", 1, "x"),
  MAX("max", 2, "left", "right"),
  MIN("min", 2, "left", "right");

  /**
   * How a function is called.
   *
   * @param text its name as it is written
   * @param required how many arguments cannot be left out; those may also be given by position
   */
  record Signature(String text, int required, List<String> arguments) {
    /** Of a function of one value. */
    static Signature of(UnaryFunction function) {
      return new Signature(function.text(), 1, List.of("x"));
    }
  }

  private final Signature signature;

  PartFunction(String text, int required, String... arguments) {
    signature = new Signature(text, required, List.of(arguments));
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

  /** Of all functions that a cell may call. */
  static List<String> names() {
    return Stream.concat(
            Arrays.stream(values()).map(PartFunction::text),
            UnaryFunction.called().stream().map(UnaryFunction::text))
        .toList();
  }
}
