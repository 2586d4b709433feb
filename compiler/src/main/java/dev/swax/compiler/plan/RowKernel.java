package dev.swax.compiler.plan;

import dev.swax.compiler.ir.ValueId;
import java.util.List;
import java.util.Set;

/**
 * Nodes that run together, row by row: each row is read once from memory and stays in the nearest
 * cache while the sums within it are taken and used.
 *
 * @param columns of the wide values
 * @param groups into which sums and spreads divide them; 1 where there are none
 * @param members in the order of the graph; spreads are not members, they are read where they are
 *     used
 * @param narrow members and operands with one value a group instead of one a column
 * @param outputs members that are written to memory because something outside reads them
 */
public record RowKernel(
    String name,
    int columns,
    int groups,
    List<ValueId> members,
    Set<ValueId> narrow,
    List<ValueId> outputs) {
  public RowKernel {
    members = List.copyOf(members);
    outputs = List.copyOf(outputs);
  }
}
