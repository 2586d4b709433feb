package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All tasks of a model, by task graph, and what they share: constants, angles and workspace. */
final class ModelTasks {
  /**
   * One task graph: the forward or backward pass of a block.
   *
   * @param name of the graph and of the method that makes it
   */
  record Graph(String name, List<DeviceTask> tasks) {}

  private static final String[] METHODS_OF_EVERY_PROGRAM = {
    "parameterSpecs",
    "windowNames",
    "addGraphs",
    "workspaceFloats",
    "arrays",
    "begin",
    "end",
    "grid",
    "halfFloats",
    "product",
    "parts",
    "accumulate",
    "evaluate",
    "update",
    "start",
    "losses",
    "logits",
    "close",
    "batch",
    "time"
  };

  private final ModelPlan plan;
  private final Products products;
  private final JavaNames names = new JavaNames().reserve(METHODS_OF_EVERY_PROGRAM);
  private final Map<List<Double>, Integer> constants = new LinkedHashMap<>();
  private final List<Rotation> rotations = new ArrayList<>();
  private final Set<CodeBlock> workspace = new LinkedHashSet<>();
  private final Set<CodeBlock> halves = new LinkedHashSet<>();
  private final List<BlockLayout> layouts = new ArrayList<>();
  private final List<LayerReads> reads = new ArrayList<>();
  private final List<Graph> graphs = new ArrayList<>();
  private int partialColumns = 1;

  ModelTasks(ModelPlan plan, Products products) {
    this.plan = plan;
    this.products = products;
    boolean tied = plan.model().architecture().options().tied();
    List<BlockPlan> blocks = plan.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      boolean shares = tied && i == blocks.size() - 1;
      layouts.add(
          new BlockLayout(
              blocks.get(i),
              shares ? "embedding" : "",
              i == 0 ? plan.model().sharedParameters() : List.of()));
      reads.add(LayerReads.of(plan.model(), blocks.get(i).block()));
    }
    for (int i = 0; i < layouts.size(); i++) {
      BlockPlan block = blocks.get(i);
      String name = block.block().name();
      String forward = names.fresh(name + "_forward");
      graphs.add(new Graph(forward, tasks(i, block.forward()).ofForward(forward, block.block())));
      String backward = names.fresh(name + "_backward");
      List<DeviceTask> tasks = new ArrayList<>();
      tasks.addAll(tasks(i, block.forward()).of(backward, block.again()));
      tasks.addAll(tasks(i, block.backward()).of(backward));
      graphs.add(new Graph(backward, tasks));
    }
  }

  private BlockTasks tasks(int block, GraphPlan pass) {
    return new BlockTasks(this, layouts.get(block), reads.get(block), pass);
  }

  /** Forward and backward of each block, blocks in the order in which they first run. */
  List<Graph> graphs() {
    return graphs;
  }

  /** In the order of {@link ModelPlan#blocks}. */
  List<BlockLayout> layouts() {
    return layouts;
  }

  /** The most values of other layers that a layer reads. */
  int mostReads() {
    return reads.stream().mapToInt(LayerReads::count).max().orElse(0);
  }

  /** Rows of the learnt table of positions; 0 for none. */
  int positions() {
    var embed = plan.embed().forward().graph();
    return embed.nodes().stream()
        .filter(node -> node.op().equals(new Op.Embedding(Op.Index.POSITION)))
        .mapToInt(node -> embed.node(node.operand(0)).type().rows())
        .max()
        .orElse(0);
  }

  BlockLayout embedding() {
    return layouts.getFirst();
  }

  String taskName(String suggestion) {
    return names.fresh(suggestion);
  }

  Map<List<Double>, Integer> constants() {
    return constants;
  }

  List<Rotation> rotations() {
    return rotations;
  }

  /**
   * Columns before a table of angles, which all layers that turn alike share: cosines and sines of
   * each position.
   */
  int columnsBefore(Rotation rotation) {
    if (!rotations.contains(rotation)) {
      rotations.add(rotation);
    }
    return rotations.subList(0, rotations.indexOf(rotation)).stream()
        .mapToInt(Rotation::columns)
        .sum();
  }

  /** The most floats that a task asks for, as expressions over batch, time and capacity. */
  Set<CodeBlock> workspace() {
    return workspace;
  }

  /** The most elements of bfloat16 that a product asks for, as expressions likewise. */
  Set<CodeBlock> halves() {
    return halves;
  }

  Products products() {
    return products;
  }

  /** Floats that a part of a row kernel needs for its sums over rows. */
  int partialColumns() {
    return partialColumns;
  }

  void needPartials(int columns) {
    partialColumns = Math.max(partialColumns, columns);
  }

  ModelPlan plan() {
    return plan;
  }
}
