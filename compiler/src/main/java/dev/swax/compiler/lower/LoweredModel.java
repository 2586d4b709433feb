package dev.swax.compiler.lower;

import dev.swax.compiler.model.Architecture;
import java.util.List;

/**
 * A model as graphs.
 *
 * @param kinds the distinct layers, in order of first use
 * @param order for each layer the index of its kind
 */
public record LoweredModel(
    Architecture architecture, Block embed, List<Block> kinds, List<Integer> order, Block head) {
  public LoweredModel {
    kinds = List.copyOf(kinds);
    order = List.copyOf(order);
  }
}
