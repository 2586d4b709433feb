package dev.swax.compiler.plan;

import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.runtime.train.Recompute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model with every method planned: what a code generator prints.
 *
 * @param headRows the most rows of a training step that the head takes at once, forward and then
 *     backward, so that logits of more rows are never stored; 0 where it takes all of them
 */
public record ModelPlan(
    LoweredModel model, BlockPlan embed, List<BlockPlan> kinds, BlockPlan head, int headRows) {
  /** From so many different tokens on, logits of a whole step are too much memory. */
  private static final int LARGE_VOCABULARY = 1 << 14;

  private static final int ROWS_OF_LARGE = 512;

  public ModelPlan {
    kinds = List.copyOf(kinds);
  }

  /**
   * Plans every block.
   *
   * @param model differentiated, and rewritten by the passes
   */
  public static ModelPlan of(LoweredModel model) {
    return new ModelPlan(
        model,
        plan(model.embed()),
        model.kinds().stream().map(ModelPlan::plan).toList(),
        plan(model.head()),
        model.architecture().vocabulary() < LARGE_VOCABULARY ? 0 : ROWS_OF_LARGE);
  }

  /** The same plan with a head that takes so many rows at once. */
  public ModelPlan withHeadRows(int rows) {
    return new ModelPlan(model, embed, kinds, head, rows);
  }

  /**
   * The same plan with layers that compute again what they do not keep.
   *
   * @throws IllegalArgumentException if they do already
   */
  public ModelPlan with(Recompute recompute) {
    List<BlockPlan> less = kinds.stream().map(kind -> Recomputation.of(kind, recompute)).toList();
    return new ModelPlan(model, embed, less, head, headRows);
  }

  /** Whether the head takes some rows of a training step at a time. */
  public boolean hasHeadBlocks() {
    return headRows > 0;
  }

  /** Floats of the scratch that all blocks share while training on so many rows. */
  public long scratch(long rows) {
    long layers =
        Stream.concat(Stream.of(embed), kinds.stream())
            .mapToLong(BlockPlan::scratchColumns)
            .max()
            .orElse(0);
    return Math.max(layers * rows, head.scratchColumns() * headRows(rows));
  }

  /** How many of so many rows the head takes at once while training. */
  public long headRows(long rows) {
    return hasHeadBlocks() ? Math.min(rows, headRows) : rows;
  }

  /** Plans a block, which keeps what it needs. */
  static BlockPlan plan(Block block) {
    Partition partition = Partition.of(block.graph());
    Set<String> names = new LinkedHashSet<>();
    return new BlockPlan(
        block,
        PlanGraph.plan(partition.forward(), block.name() + "_forward", names),
        PlanGraph.plan(partition.backward(), block.name() + "_backward", names));
  }

  /** All blocks, in the order in which they first run. */
  public List<BlockPlan> blocks() {
    var blocks = new ArrayList<BlockPlan>();
    blocks.add(embed);
    blocks.addAll(kinds);
    blocks.add(head);
    return blocks;
  }

  /** How many rows of its own a part of a kernel needs at most: sums over rows, and functions. */
  public int partials() {
    return kernels().mapToInt(k -> k.rowSums().size() + k.rows().size()).max().orElse(0);
  }

  /** How wide these rows get. */
  public int partialColumns() {
    return kernels()
        .flatMap(k -> Stream.concat(k.rowSums().stream(), k.rows().stream()))
        .mapToInt(n -> n.type().columns())
        .max()
        .orElse(1);
  }

  /** Floats of constant rows. */
  public int constants() {
    return blocks().stream()
        .flatMap(b -> Stream.of(b.forward(), b.backward()))
        .flatMap(g -> g.places().values().stream())
        .filter(Place.Fixed.class::isInstance)
        .distinct()
        .mapToInt(p -> ((Place.Fixed) p).values().size())
        .sum();
  }

  private Stream<RowLevels> kernels() {
    return blocks().stream()
        .flatMap(b -> Stream.of(b.forward(), b.backward()))
        .flatMap(g ->
            g.steps().stream()
                .filter(Step.Fused.class::isInstance)
                .map(s -> new RowLevels(g.graph(), ((Step.Fused) s).kernel())));
  }
}
