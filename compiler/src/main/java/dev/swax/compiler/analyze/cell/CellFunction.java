package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.ir.UnaryFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions of a cell body: their arguments by name, the first ones also by position. */
enum CellFunction {
  LINEAR("linear", 1, "x", "init", "bias", "gain"),
  LOW_RANK("low_rank", 2, "x", "rank", "init", "bias", "gain"),
  WEIGHT("weight", 1, "init"),
  LAYER_NORM("layer_norm", 1, "x", "epsilon"),
  RMSNORM("rmsnorm", 1, "x", "epsilon"),
  L2NORM("l2norm", 1, "x", "epsilon"),
  OUTER("outer", 2, "left", "right"),
  DIAG("diag", 1, "x"),
  SOFT_CAP("soft_cap", 2, "x", "cap"),
  ELU("elu", 1, "x"),
  MAX("max", 2, "left", "right"),
  MIN("min", 2, "left", "right"),
  SIGMOID("sigmoid", UnaryFunction.SIGMOID),
  TANH("tanh", UnaryFunction.TANH),
  EXP("exp", UnaryFunction.EXP),
  LOG("log", UnaryFunction.LOG),
  SOFTPLUS("softplus", UnaryFunction.SOFTPLUS),
  SILU("silu", UnaryFunction.SILU),
  GELU("gelu", UnaryFunction.GELU),
  RELU("relu", UnaryFunction.RELU),
  ABS("abs", UnaryFunction.ABS),
  SQRT("sqrt", UnaryFunction.SQRT);

  private final String text;
  private final int required;
  private final List<String> arguments;
  private final @Nullable UnaryFunction unary;

  CellFunction(String text, int required, String... arguments) {
    this.text = text;
    this.required = required;
    this.arguments = List.of(arguments);
    this.unary = null;
  }

  CellFunction(String text, UnaryFunction unary) {
    this.text = text;
    this.required = 1;
    this.arguments = List.of("x");
    this.unary = unary;
  }

  /** As it is written. */
  String text() {
    return text;
  }

  /** How many arguments cannot be left out; those may also be given by position. */
  int required() {
    return required;
  }

  List<String> arguments() {
    return arguments;
  }

  /** The elementwise function of one value that this is, if it is one. */
  Optional<UnaryFunction> unary() {
    return Optional.ofNullable(unary);
  }

  static Optional<CellFunction> find(String text) {
    return Arrays.stream(values()).filter(function -> function.text.equals(text)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(CellFunction::text).toList();
  }
}
