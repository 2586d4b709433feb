package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.ir.Wire;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.Place;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the weights and kept values of a block lie, counted from where those of its layer begin.
 * Matrices (with weight decay) and vectors (without) have their own parts of the array of weights,
 * each in the order of the model's parameters. The embedding has those that layers share.
 *
 * <p>What a layer lets later layers read is kept too, with its gradient right after it.
 */
final class BlockLayout {
  private final Map<String, Integer> matrices = new LinkedHashMap<>();
  private final Map<String, Integer> vectors = new LinkedHashMap<>();
  private final Map<String, String> shared = new LinkedHashMap<>();
  private final Map<String, Integer> kept = new LinkedHashMap<>();
  private int matrixFloats;
  private int vectorFloats;
  private int keptColumns;

  /**
   * @param without a parameter that belongs to another block, or an empty text
   * @param further parameters that have their place here, though other blocks use them
   */
  BlockLayout(BlockPlan plan, String without, Collection<BlockParameter> further) {
    for (BlockParameter parameter : plan.block().parameters()) {
      if (parameter.shared() != null) {
        shared.put(parameter.name(), parameter.fullName(""));
      } else if (!parameter.name().equals(without)) {
        add(parameter.name(), parameter);
      }
    }
    further.forEach(parameter -> add(parameter.fullName(""), parameter));
    plan.block().exports().forEach((name, columns) -> keepExport(plan, name, columns));
    for (GraphPlan graph : List.of(plan.forward(), plan.backward())) {
      for (Place place : graph.places().values()) {
        if (place instanceof Place.Saved(String name, int columns) && !kept.containsKey(name)) {
          kept.put(name, keptColumns);
          keptColumns += columns;
        }
      }
    }
  }

  private void add(String name, BlockParameter parameter) {
    int size = Math.multiplyExact(parameter.rows(), parameter.columns());
    if (parameter.decayed()) {
      matrices.put(name, matrixFloats);
      matrixFloats = Math.addExact(matrixFloats, size);
    } else {
      vectors.put(name, vectorFloats);
      vectorFloats = Math.addExact(vectorFloats, size);
    }
  }

  /** Room for a value and, right after it, its gradient. The embedding has its value elsewhere. */
  private void keepExport(BlockPlan plan, String name, int columns) {
    if (plan.forward().places().containsValue(new Place.Export(name, columns))) {
      kept.put(Wire.EXPORT + name, keptColumns);
      keptColumns += columns;
    }
    kept.put(Gradient.EXPORT + name, keptColumns);
    keptColumns += columns;
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

  /** Columns before what later layers read. */
  int exportBefore(String name) {
    return get(kept, Wire.EXPORT + name);
  }

  /** Columns before its gradient. */
  int exportGradientBefore(String name) {
    return get(kept, Gradient.EXPORT + name);
  }

  /** What a parameter is called in the whole model, if other blocks use it too. */
  String sharedName(String parameter) {
    return shared.getOrDefault(parameter, parameter);
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
