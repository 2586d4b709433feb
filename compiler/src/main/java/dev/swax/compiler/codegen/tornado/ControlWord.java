package dev.swax.compiler.codegen.tornado;

import java.util.Locale;

/**
 * What a task reads from the array {@code control}: numbers that change from call to call or from
 * layer to layer, so that one compiled kernel serves all of them.
 */
enum ControlWord {
  /** Tokens of this call. */
  ROWS("rows"),
  /** Tokens of a sequence. */
  TIME("time"),
  /** Tokens that every buffer has room for. */
  CAPACITY("capacity"),
  /** Tokens of the longest sequence: angles are tabled up to there. */
  LONGEST("longest"),
  /** Work-groups of a row kernel. */
  PARTS("parts"),
  /** Where the layer's matrices begin. */
  MATRICES("matrices"),
  /** Where the layer's vectors begin: weights without decay. */
  VECTORS("vectors"),
  /** Where the model's vectors begin: those that layers share are among the first. */
  MODEL_VECTORS("modelVectors"),
  /** Where the values that the layer keeps begin. */
  KEPT_FROM("keptFrom"),
  STREAM_IN("streamIn"),
  STREAM_OUT("streamOut"),
  GRADIENT_IN("gradientIn"),
  GRADIENT_OUT("gradientOut");

  private final String variable;

  ControlWord(String variable) {
    this.variable = variable;
  }

  String variable() {
    return variable;
  }

  /** The constant of the program that holds its index. */
  String constant() {
    return name().toUpperCase(Locale.ROOT);
  }
}
