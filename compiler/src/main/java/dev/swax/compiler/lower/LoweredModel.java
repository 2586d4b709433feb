package dev.swax.compiler.lower;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.model.Architecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A model as graphs.
 *
 * @param kinds the distinct layers, in order of first use
 * @param order for each layer the index of its kind
 * @param reads for each layer where its further inputs come from, by their names. Layers of a kind
 *     may read different layers, but the same export
 */
public record LoweredModel(
    Architecture architecture,
    Block embed,
    List<Block> kinds,
    List<Integer> order,
    List<SequencedMap<String, Source>> reads,
    Block head) {
  /** The name of what the embedding's block exports where a layer reads it. */
  public static final String EMBEDDING = "embedding";

  public LoweredModel {
    kinds = List.copyOf(kinds);
    order = List.copyOf(order);
    reads =
        reads.stream()
            .map(from -> Collections.unmodifiableSequencedMap(new LinkedHashMap<>(from)))
            .toList();
    if (reads.size() != order.size()) {
      throw new IllegalArgumentException(
          "reads of %s layers, but there are %s".formatted(reads.size(), order.size()));
    }
    for (int layer = 0; layer < order.size(); layer++) {
      requireSources(embed, kinds, order, reads, layer);
    }
  }

  /** How many learned tokens stand before every text. */
  public int meta() {
    return architecture.options().meta();
  }

  /** A model whose layers read nothing but the stream. */
  public LoweredModel(
      Architecture architecture, Block embed, List<Block> kinds, List<Integer> order, Block head) {
    this(
        architecture,
        embed,
        kinds,
        order,
        Collections.nCopies(order.size(), new LinkedHashMap<>()),
        head);
  }

  private static void requireSources(
      Block embed,
      List<Block> kinds,
      List<Integer> order,
      List<SequencedMap<String, Source>> reads,
      int layer) {
    Block kind = kinds.get(order.get(layer));
    SequencedMap<String, Integer> inputs = kind.reads();
    inputs.forEach((input, columns) -> {
      Source source = reads.get(layer).get(input);
      if (source == null) {
        throw new IllegalArgumentException(
            "layer %s has an input %s, but reads %s".formatted(layer, input, reads.get(layer)));
      }
      Map<String, Integer> exports =
          switch (source) {
            case Source.Embedding _ -> embed.exports();
            case Source.Export(int from, _) when from < 0 || from >= layer -> new LinkedHashMap<>();
            case Source.Export(int from, _) -> kinds.get(order.get(from)).exports();
          };
      if (!columns.equals(exports.get(name(source)))) {
        throw new IllegalArgumentException(
            "layer %s reads %s columns of %s, but there is %s"
                .formatted(layer, columns, source, exports));
      }
      if (Collections.frequency(reads.get(layer).values(), source) > 1) {
        throw new IllegalArgumentException("layer %s reads %s twice".formatted(layer, source));
      }
      Source first = reads.get(order.indexOf(order.get(layer))).get(input);
      if (first == null || !name(first).equals(name(source))) {
        throw new IllegalArgumentException(
            "layers of one kind read %s and %s".formatted(first, source));
      }
    });
  }

  /** The name of the result that a source is. */
  public static String name(Source source) {
    return switch (source) {
      case Source.Embedding _ -> EMBEDDING;
      case Source.Export(_, String name) -> name;
    };
  }

  /** All blocks, in the order in which they first run. */
  public List<Block> blocks() {
    var blocks = new ArrayList<Block>();
    blocks.add(embed);
    blocks.addAll(kinds);
    blocks.add(head);
    return blocks;
  }

  /** The block of a layer. */
  public Block layer(int layer) {
    return kinds.get(order.get(layer));
  }

  /** Where a further input of a layer comes from. */
  public Source source(int layer, String input) {
    Source source = reads.get(layer).get(input);
    if (source == null) {
      throw new IllegalArgumentException("layer %s does not read %s".formatted(layer, input));
    }
    return source;
  }

  /** What a value of a layer is to other layers, if they read it or it is read from one. */
  public Optional<Source> between(int layer, ValueId value) {
    Graph graph = layer(layer).graph();
    if (graph.node(value).op() instanceof Op.Input(String name, _) && name.startsWith(Wire.READ)) {
      return Optional.of(source(layer, name.substring(Wire.READ.length())));
    }
    return graph.results().entrySet().stream()
        .filter(
            result -> result.getKey().startsWith(Wire.EXPORT) && result.getValue().equals(value))
        .findFirst()
        .map(result -> new Source.Export(layer, result.getKey().substring(Wire.EXPORT.length())));
  }

  /** Whether a layer reads what is not the stream before it. */
  public boolean hasReads() {
    return reads.stream().anyMatch(from -> !from.isEmpty());
  }

  /** Whether a layer reads the embedding. */
  public boolean readsEmbedding() {
    return !embed.exports().isEmpty();
  }

  /** The parameters that several layers share, each once, in the order of first use. */
  public Collection<BlockParameter> sharedParameters() {
    var shared = new LinkedHashMap<String, BlockParameter>();
    blocks().stream()
        .flatMap(block -> block.parameters().stream())
        .filter(parameter -> parameter.shared() != null)
        .forEach(parameter -> {
          BlockParameter known = shared.putIfAbsent(parameter.fullName(""), parameter);
          if (known != null && !known.sameTensor(parameter)) {
            throw new IllegalArgumentException(known + " and " + parameter + " share a name");
          }
        });
    return shared.sequencedValues();
  }

  /** What the layers compute, one after the other. */
  public List<Op> layerOps() {
    return order.stream()
        .flatMap(kind -> kinds.get(kind).graph().nodes().stream())
        .map(Node::op)
        .toList();
  }

  /** Their attentions, one after the other. */
  public List<Op.Attention> attentions() {
    return layerOps().stream()
        .filter(Op.Attention.class::isInstance)
        .map(Op.Attention.class::cast)
        .toList();
  }

  /**
   * Trained numbers of the whole model; what layers share counts once, and so does an embedding
   * that the head shares.
   */
  public long parameterCount() {
    long shared = architecture.options().tied() ? head.matrixNumbers() : 0;
    Stream<BlockParameter> own =
        Stream.concat(order.stream().map(kinds::get), Stream.of(head))
            .flatMap(block -> block.parameters().stream())
            .filter(parameter -> parameter.shared() == null);
    return embed.parameterCount()
        + Stream.concat(own, sharedParameters().stream()).mapToLong(BlockParameter::size).sum()
        - shared;
  }

  /** Trained numbers that a token meets: of experts, those of the ones that it goes to. */
  public long activeParameterCount() {
    long idle = 0;
    Set<String> shared = new LinkedHashSet<>();
    for (int kind : order) {
      Block block = kinds.get(kind);
      for (BlockParameter parameter : block.parameters()) {
        if (parameter.shared() == null || shared.add(parameter.shared())) {
          idle += parameter.size() - block.activeSize(parameter);
        }
      }
    }
    return parameterCount() - idle;
  }

  /** The model with every block's graph rewritten. */
  public LoweredModel with(UnaryOperator<Graph> rewriting) {
    return new LoweredModel(
        architecture,
        embed.with(rewriting),
        kinds.stream().map(kind -> kind.with(rewriting)).toList(),
        order,
        reads,
        head.with(rewriting));
  }
}
