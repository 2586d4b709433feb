package dev.swax.compiler.codegen.cpu;

import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.plan.Place;

/**
 * The generated class's words for the places of one block: which field, and which element of it.
 *
 * @param block name of the block
 * @param kind whether it is a kind of layer; otherwise the embedding or the head
 * @param embedding whether it is the embedding
 * @param constants of the class
 */
record Context(String block, boolean kind, boolean embedding, Constants constants) {

  /** A Java expression of type Tensor. */
  String tensor(Place place) {
    return switch (place) {
      case Place.Scratch(String name, _, _) -> scratchField(name);
      case Place.Saved(String name, _) -> element(savedField(name));
      case Place.StreamIn _ -> kind ? "stream[layer]" : "stream[LAYERS]";
      case Place.StreamOut _ -> embedding ? "stream[0]" : "stream[layer + 1]";
      case Place.GradientIn _ -> embedding ? "gradient[0]" : "gradient[(layer + 1) & 1]";
      case Place.GradientOut _ -> kind ? "gradient[layer & 1]" : "gradient[LAYERS & 1]";
      case Place.Weight(String parameter) -> element(weightField(parameter));
      case Place.WeightGradient(String parameter) -> element(gradientField(parameter));
      case Place.Fixed(var values) -> constants.row(values);
      case Place.Losses _ -> "losses";
      case Place.Logits _ -> "logits";
    };
  }

  String scratchField(String name) {
    return JavaNames.join(block, name) + "Scratch";
  }

  String savedField(String name) {
    return JavaNames.join(block, name);
  }

  String weightField(String parameter) {
    return JavaNames.join(block, withoutBlock(parameter)) + "Weight";
  }

  String gradientField(String parameter) {
    return JavaNames.join(block, withoutBlock(parameter)) + "Gradient";
  }

  String cacheField(String name) {
    return JavaNames.join(block, name) + "Cache";
  }

  String stateField(String name) {
    return JavaNames.join(block, name) + "State";
  }

  String stateMaxField(String name) {
    return JavaNames.join(block, name) + "StateMax";
  }

  /** {@code forwardLocal}, {@code backwardHead}. */
  String method(String direction) {
    return JavaNames.join(direction, block);
  }

  private String element(String field) {
    return kind ? field + "[layer]" : field;
  }

  private String withoutBlock(String parameter) {
    return parameter.startsWith(block + ".") ? parameter.substring(block.length() + 1) : parameter;
  }
}
