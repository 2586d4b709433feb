package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the weights and kept values of a block lie, counted from where those of its layer begin.
 * Matrices (with weight decay) and vectors (without) have their own parts of the array of weights,
 * each in the order of the model's parameters.
 */
final class BlockLayout {
  private final Map<String, Integer> matrices = new LinkedHashMap<>();
  private final Map<String, Integer> vectors = new LinkedHashMap<>();
  private final Map<String, Integer> kept = new LinkedHashMap<>();
  private int matrixFloats;
  private int vectorFloats;
  private int keptColumns;

  /**
   * @param without a parameter that belongs to another block, or an empty text
   */
  BlockLayout(BlockPlan plan, String without) {
    for (BlockParameter parameter : plan.block().parameters()) {
      if (!parameter.name().equals(without)) {
        add(parameter);
      }
    }
    for (GraphPlan graph : List.of(plan.forward(), plan.backward())) {
      for (Place place : graph.places().values()) {
        if (place instanceof Place.Saved(String name, int columns) && !kept.containsKey(name)) {
          kept.put(name, keptColumns);
          keptColumns += columns;
        }
      }
    }
  }

  private void add(BlockParameter parameter) {
    int size = Math.multiplyExact(parameter.rows(), parameter.columns());
    if (parameter.decayed()) {
      matrices.put(parameter.name(), matrixFloats);
      matrixFloats = Math.addExact(matrixFloats, size);
    } else {
      vectors.put(parameter.name(), vectorFloats);
      vectorFloats = Math.addExact(vectorFloats, size);
    }
  }

  int matrixFloats() {
    return matrixFloats;
  }

  int vectorFloats() {
    return vectorFloats;
  }

  int keptColumns() {
    return keptColumns;
  }

  /** Columns before a kept value. */
  int keptBefore(String name) {
    return get(kept, name);
  }

  /** Where a weight begins: in which part, and how many floats into it. */
  Offset weight(String name) {
    return matrices.containsKey(name)
        ? new Offset(ControlWord.MATRICES, get(matrices, name))
        : new Offset(ControlWord.VECTORS, get(vectors, name));
  }

  boolean has(String parameter) {
    return matrices.containsKey(parameter) || vectors.containsKey(parameter);
  }

  record Offset(ControlWord from, int floats) {}

  private static int get(Map<String, Integer> offsets, String name) {
    Integer offset = offsets.get(name);
    if (offset == null) {
      throw new IllegalStateException("no place for " + name);
    }
    return offset;
  }
}
