package dev.swax.compiler.codegen.cpu;

import dev.swax.compiler.codegen.MemberNames;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.plan.Place;

/**
 * The generated class's words for the places of one block: which field, and which element of it.
 *
 * @param block name of the block
 * @param kind whether it is a kind of layer; otherwise the embedding or the head
 * @param embedding whether it is the embedding
 * @param inBlocks whether it is a head that takes some rows of a step at a time
 * @param wires between layers of the class
 * @param constants of the class
 * @param functions of the class
 * @param members of the class
 */
record Context(
    String block,
    boolean kind,
    boolean embedding,
    boolean inBlocks,
    Wires wires,
    Constants constants,
    RowFunctions functions,
    MemberNames members) {

  /** A Java expression of type Tensor. */
  String tensor(Place place) {
    return switch (place) {
      case Place.Scratch(String name, _, _) -> scratchField(name);
      case Place.Saved(String name, _) -> element(savedField(name));
      case Place.StreamIn _ ->
          kind ? "stream[layer]" : inBlocks ? "head.stream()" : "stream[LAYERS]";
      case Place.StreamOut _ -> embedding ? "stream[0]" : "stream[layer + 1]";
      case Place.GradientIn _ -> embedding ? "gradient[0]" : "gradient[(layer + 1) & 1]";
      case Place.GradientOut _ ->
          kind ? "gradient[layer & 1]" : inBlocks ? "head.gradient()" : "gradient[LAYERS & 1]";
      case Place.Export(String name, _) -> wires.export(name);
      case Place.ExportGradient(String name) -> wires.exportGradient(name, embedding);
      case Place.Read(String name) -> wires.read(block, name);
      case Place.ReadGradient(String name) -> wires.readGradient(block, name);
      case Place.Weight(String parameter) -> element(weightField(parameter));
      case Place.WeightGradient(String parameter) -> element(gradientField(parameter));
      case Place.Fixed(var values) -> constants.row(values);
      case Place.Losses _ -> inBlocks ? "head.losses()" : "losses";
      case Place.Logits _ -> "logits";
    };
  }

  /** How many rows the block's methods take. */
  String rows() {
    return inBlocks ? "head.rows()" : "rows";
  }

  /** How many rows its tensors have. */
  String capacity() {
    return inBlocks ? "head.most()" : "capacity";
  }

  String scratchField(String name) {
    return members.field(block, name, "Scratch");
  }

  String savedField(String name) {
    return members.field(block, name, "");
  }

  String weightField(String parameter) {
    return members.weight(block, parameter, "Weight");
  }

  String gradientField(String parameter) {
    return members.weight(block, parameter, "Gradient");
  }

  /** The keys that an attention of the forward graph keeps. */
  String cacheField(Node attention) {
    return members.field(block, attention, "Cache");
  }

  /** A state of a recurrence of the forward graph. */
  String stateField(Node recurrence, String state) {
    return members.field(block, recurrence, "_" + state);
  }

  /** The constant with the layers of this kind. */
  String layersField() {
    return members.layers(block);
  }

  /** {@code forwardLocal}, {@code backwardHead}. */
  String method(String direction) {
    return members.method(direction, block);
  }

  String kernelMethod(String kernel) {
    return members.kernel(kernel);
  }

  /** A loop of a row kernel, the first is 1. */
  String kernelLoop(String kernel, int number) {
    return members.kernel(kernel + "_loop" + number);
  }

  /** The field that holds a row kernel as a task. */
  String task(String kernel) {
    return members.field(kernel, "task", "");
  }

  private String element(String field) {
    return kind ? field + "[layer]" : field;
  }
}
