package dev.swax.compiler.lower;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.Origin;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.ir.Wire;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.part.LayerValue;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the graph of one block and collects its parameters. */
public final class BlockBuilder {
  private final Graph.Builder graph = new Graph.Builder();
  private final List<Block.BlockParameter> parameters = new ArrayList<>();
  private final Map<Source, ValueId> read = new LinkedHashMap<>();
  private final SequencedMap<String, Source> sources = new LinkedHashMap<>();
  private final @Nullable Layer layer;
  private final Set<String> wanted;
  private final List<Sharing> sharing = new ArrayList<>();
  private final Set<String> own = new LinkedHashSet<>();
  private final Cut cut;

  public BlockBuilder() {
    this.wanted = new LinkedHashSet<>();
    this.layer = null;
    this.cut = Cut.NONE;
  }

  /**
   * A builder of a layer.
   *
   * @param wanted what later layers read of it
   * @param cut what is taken out of it
   */
  BlockBuilder(Layer layer, Set<String> wanted, Cut cut) {
    this.cut = cut;
    this.layer = layer;
    this.wanted = wanted;
  }

  /** A value of an earlier layer. */
  ValueId read(LayerValue value, int columns) {
    LayerValue now = layer == null ? value : layer.now(value);
    return read(new Source.Export(now.layer(), now.label()), now.label(), columns);
  }

  /**
   * The output of a part, or what stands in its place where that is taken out.
   *
   * @param row the name of its mean: a parameter, or what the block gives out to measure it
   */
  ValueId uncut(Part part, ValueId output, String row) {
    if (!cut.removes(part)) {
      return output;
    }
    return switch (cut.filling()) {
      case ZERO -> zero(output);
      case MEAN -> {
        own(row);
        ValueId mean = vector(row, graph.type(output).columns(), Initializers.ZERO);
        yield binary(BinaryFunction.ADD, zero(output), graph.add(new Op.SpreadRow(), mean));
      }
      case MEASURED -> {
        export(row, output);
        yield output;
      }
    };
  }

  /** 0 in place of each number of a value, which keeps its shape. */
  ValueId zero(ValueId value) {
    return binary(BinaryFunction.MULTIPLY, value, constant(0));
  }

  public Graph.Builder graph() {
    return graph;
  }

  /** Nodes added from now on come from that line; inside of a mixer they stay there. */
  public BlockBuilder at(Span span) {
    Origin before = graph.origin();
    graph.at(new Origin(span, before != null && before.mixer()));
    return this;
  }

  /** Nodes added from now on are inside of a mixer, until another origin is set. */
  void enterMixer() {
    Origin before = graph.origin();
    graph.at(before == null ? null : new Origin(before.span(), true));
  }

  public ValueId input(String name, int columns) {
    return graph.named(name, new Op.Input(name, TensorType.tokens(columns)));
  }

  /** A value of an earlier layer, or of the embedding; {@link LoweredModel#reads} says which. */
  public ValueId read(String name, int columns) {
    return graph.named(name, new Op.Input(Wire.READ + name, TensorType.tokens(columns)));
  }

  /** The same, once for each source; {@link #sources} says which it is. */
  ValueId read(Source source, String name, int columns) {
    ValueId known = read.get(source);
    if (known != null) {
      return known;
    }
    String unique = name;
    for (int i = 2; sources.containsKey(unique); i++) {
      unique = name + "_" + i;
    }
    ValueId id = read(unique, columns);
    read.put(source, id);
    sources.put(unique, source);
    return id;
  }

  /** Where each further input comes from. */
  SequencedMap<String, Source> sources() {
    return sources;
  }

  /** Whether later layers read a value of this layer. */
  boolean isRead(String name) {
    return wanted.contains(name);
  }

  /** From here on, weights of the part that a name begins with are shared under another one. */
  void share(String prefix, String name) {
    sharing.add(new Sharing(prefix, name));
  }

  /** Ends the last {@link #share}. */
  void endSharing() {
    sharing.removeLast();
  }

  /** The weights of that name, or of the part of that name, are not shared. */
  void own(String name) {
    own.add(name);
  }

  /** What {@link #own(String)} was told. */
  Set<String> own() {
    return own;
  }

  private boolean isShared(String name) {
    return !sharing.isEmpty()
        && own.stream().noneMatch(mine -> name.equals(mine) || name.startsWith(mine + "."));
  }

  /** Weights whose names begin with {@code prefix} are shared as {@code name}. */
  private record Sharing(String prefix, String name) {
    String of(String parameter) {
      String tail = parameter.substring(prefix.length());
      return tail.isEmpty() || tail.startsWith(".") ? name + tail : name + "." + tail;
    }
  }

  /** Lets later layers read a value that is there for each token. */
  public void export(String name, ValueId value) {
    graph.result(Wire.EXPORT + name, value);
  }

  public ValueId constant(double value) {
    return graph.add(new Op.Constant(value));
  }

  /** A matrix [rows, columns]; weight decay applies to it. */
  public ValueId matrix(String name, int rows, int columns, Initializer initializer) {
    return parameter(new Block.BlockParameter(name, rows, columns, initializer, true));
  }

  /** A row [1, columns] (norm weights, biases); weight decay does not apply to it. */
  public ValueId vector(String name, int columns, Initializer initializer) {
    return parameter(new Block.BlockParameter(name, 1, columns, initializer, false));
  }

  /** A parameter of another shape or decay. */
  public ValueId parameter(Block.BlockParameter parameter) {
    parameters.add(
        isShared(parameter.name())
            ? parameter.sharedAs(sharing.getLast().of(parameter.name()))
            : parameter);
    return graph.named(
        parameter.name(),
        new Op.Parameter(
            parameter.name(), TensorType.fixed(parameter.rows(), parameter.columns())));
  }

  public ValueId unary(UnaryFunction function, ValueId x) {
    return graph.add(new Op.Unary(function), x);
  }

  public ValueId binary(BinaryFunction function, ValueId left, ValueId right) {
    return graph.add(new Op.Binary(function), left, right);
  }

  public ValueId matmul(String name, ValueId x, ValueId weight) {
    return graph.named(name, new Op.MatMul(false, false), x, weight);
  }

  /** {@code x weight}, or {@code x weightᵀ}. */
  public ValueId matmul(String name, ValueId x, ValueId weight, boolean transposeRight) {
    return graph.named(name, new Op.MatMul(false, transposeRight), x, weight);
  }

  /**
   * {@code x / sqrt(mean of squares per group + epsilon) * gamma}, gamma [1, columns of x], or
   * fewer, which equal parts of x share, or null for 1.
   */
  public ValueId rmsNorm(
      String name, ValueId x, @Nullable ValueId gamma, int groups, double epsilon) {
    int columns = graph.type(x).columns();
    ValueId squares = graph.add(new Op.SumGroups(groups), unary(UnaryFunction.SQUARE, x));
    ValueId mean = binary(BinaryFunction.MULTIPLY, squares, constant((double) groups / columns));
    ValueId inverse =
        unary(UnaryFunction.RECIPROCAL_SQRT, binary(BinaryFunction.ADD, mean, constant(epsilon)));
    ValueId spread = graph.add(new Op.SpreadGroups(columns), inverse);
    if (gamma == null) {
      return graph.named(name, new Op.Binary(BinaryFunction.MULTIPLY), x, spread);
    }
    ValueId scaled = binary(BinaryFunction.MULTIPLY, x, spread);
    return graph.named(
        name, new Op.Binary(BinaryFunction.MULTIPLY), scaled, spread(gamma, columns));
  }

  private ValueId spread(ValueId row, int columns) {
    int width = graph.type(row).columns();
    return width == 1
        ? graph.add(new Op.SpreadGroups(columns), graph.add(new Op.SpreadRow(), row))
        : graph.add(new Op.SpreadRow(columns / width), row);
  }

  /** As {@link #rmsNorm}, after subtracting each group's mean (LayerNorm, biased variance). */
  public ValueId layerNorm(
      String name, ValueId x, @Nullable ValueId gamma, int groups, double epsilon) {
    int columns = graph.type(x).columns();
    ValueId sum = graph.add(new Op.SumGroups(groups), x);
    ValueId mean = binary(BinaryFunction.MULTIPLY, sum, constant((double) groups / columns));
    ValueId centred =
        binary(BinaryFunction.SUBTRACT, x, graph.add(new Op.SpreadGroups(columns), mean));
    return rmsNorm(name, centred, gamma, groups, epsilon);
  }

  /** {@code x / sqrt(sum of squares per group + epsilon)}. */
  public ValueId unitNorm(String name, ValueId x, int groups, double epsilon) {
    ValueId squares = graph.add(new Op.SumGroups(groups), unary(UnaryFunction.SQUARE, x));
    ValueId inverse =
        unary(
            UnaryFunction.RECIPROCAL_SQRT, binary(BinaryFunction.ADD, squares, constant(epsilon)));
    ValueId spread = graph.add(new Op.SpreadGroups(graph.type(x).columns()), inverse);
    return graph.named(name, new Op.Binary(BinaryFunction.MULTIPLY), x, spread);
  }

  public Block build(String name) {
    return new Block(name, graph.build(), parameters);
  }
}
