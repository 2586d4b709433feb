package dev.swax.compiler.lower;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.model.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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

  /** All blocks, in the order in which they first run. */
  public List<Block> blocks() {
    var blocks = new ArrayList<Block>();
    blocks.add(embed);
    blocks.addAll(kinds);
    blocks.add(head);
    return blocks;
  }

  /** Trained numbers of the whole model; an embedding that the head shares counts once. */
  public long parameterCount() {
    long shared = architecture.options().tied() ? head.matrixNumbers() : 0;
    return embed.parameterCount()
        + order.stream().mapToLong(kind -> kinds.get(kind).parameterCount()).sum()
        + head.parameterCount()
        - shared;
  }

  /** The model with every block's graph rewritten. */
  public LoweredModel with(UnaryOperator<Graph> rewriting) {
    return new LoweredModel(
        architecture,
        embed.with(rewriting),
        kinds.stream().map(kind -> kind.with(rewriting)).toList(),
        order,
        head.with(rewriting));
  }
}
