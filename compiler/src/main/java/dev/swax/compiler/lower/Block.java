package dev.swax.compiler.lower;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.program.Initializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a model that runs as one method forward and one backward: the embedding, one kind of
 * layer, or the head with the loss. Layers of the same kind share a block and differ in their
 * parameters.
 *
 * @param name in Java case for methods: `local`, `memory`, `embed`, `head`
 * @param graph inputs `x` (not for the embedding) and parameters, result `y` (for the head `losses`
 *     and `logits`); once differentiated also `dx` and a `d:` for each parameter. A layer may have
 *     further inputs, `read:…`, and further results, `export:…`, which later layers read
 */
public record Block(String name, Graph graph, List<BlockParameter> parameters) {
  public Block {
    parameters = List.copyOf(parameters);
  }

  /** The block with its graph rewritten. */
  public Block with(UnaryOperator<Graph> rewriting) {
    return new Block(name, rewriting.apply(graph), parameters);
  }

  /** The further inputs, without their prefix, each with its floats a token. */
  public SequencedMap<String, Integer> reads() {
    var reads = new LinkedHashMap<String, Integer>();
    graph
        .nodes()
        .forEach(node -> {
          if (node.op() instanceof Op.Input(String input, var type)
              && input.startsWith(Wire.READ)) {
            reads.put(input.substring(Wire.READ.length()), type.columns());
          }
        });
    return reads;
  }

  /** The further results, without their prefix, each with its floats a token. */
  public SequencedMap<String, Integer> exports() {
    var exports = new LinkedHashMap<String, Integer>();
    for (Map.Entry<String, ValueId> result : graph.results().entrySet()) {
      if (result.getKey().startsWith(Wire.EXPORT)) {
        exports.put(
            result.getKey().substring(Wire.EXPORT.length()),
            graph.node(result.getValue()).type().columns());
      }
    }
    return exports;
  }

  /** Trained numbers. */
  public long parameterCount() {
    return parameters.stream().mapToLong(BlockParameter::size).sum();
  }

  /** Trained numbers of matrices, each of which a token is multiplied with once. */
  public long matrixNumbers() {
    return parameters.stream()
        .filter(BlockParameter::decayed)
        .mapToLong(BlockParameter::size)
        .sum();
  }

  /** Trained numbers of matrices that a token is multiplied with. */
  public long activeMatrixNumbers() {
    return parameters.stream().filter(BlockParameter::decayed).mapToLong(this::activeSize).sum();
  }

  /** Numbers of a parameter that a token meets: of experts, those of the ones that it goes to. */
  long activeSize(BlockParameter parameter) {
    ChoiceShape choice = ExpertParameters.of(graph).get(parameter.name());
    return choice == null
        ? parameter.size()
        : parameter.size() / choice.experts() * choice.active();
  }

  /**
   * A parameter of a block.
   *
   * @param shared the name under which every layer that has it shares one tensor, or null where
   *     each layer has its own
   */
  public record BlockParameter(
      String name,
      int rows,
      int columns,
      Initializer initializer,
      boolean decayed,
      @Nullable String shared) {
    /** Prefix of the full names of shared parameters. */
    public static final String SHARED = "shared.";

    /** One that is not shared. */
    public BlockParameter(
        String name, int rows, int columns, Initializer initializer, boolean decayed) {
      this(name, rows, columns, initializer, decayed, null);
    }

    /** The same, shared by all layers under a name. */
    BlockParameter sharedAs(String name) {
      return new BlockParameter(this.name, rows, columns, initializer, decayed, name);
    }

    /** Its name in checkpoints, after {@code prefix} unless it is shared. */
    public String fullName(String prefix) {
      return shared == null ? prefix + name : SHARED + shared;
    }

    /** Whether both can be one tensor. */
    boolean sameTensor(BlockParameter other) {
      return rows == other.rows
          && columns == other.columns
          && initializer.equals(other.initializer)
          && decayed == other.decayed;
    }

    /** Its numbers. */
    public long size() {
      return (long) rows * columns;
    }
  }
}
