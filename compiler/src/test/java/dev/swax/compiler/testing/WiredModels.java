package dev.swax.compiler.testing;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.Block.BlockParameter;
import dev.swax.compiler.lower.BlockBuilder;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.Source;
import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Small models whose layers read earlier layers, read the embedding or share weights. */
public enum WiredModels {
  /** Layer 0 has keys and values; later layers attend to them with queries of their own. */
  KEYS_OF_ONE_LAYER(List.of(0, 1, 1, 1), List.of(0, 0, 0)) {
    @Override
    List<Block> kinds() {
      var source = builder();
      ValueId x = source.input("x", WIDTH);
      ValueId k = rope(source, project(source, "k", x, KEYS), 1);
      ValueId v = project(source, "v", x, KEYS);
      ValueId q = rope(source, project(source, "q", x, WIDTH), HEADS);
      source.export("k", k);
      source.export("v", v);
      result(source, x, attend(source, q, k, v));
      var reader = builder();
      x = reader.input("x", WIDTH);
      q = rope(reader, project(reader, "q", x, WIDTH), HEADS);
      result(reader, x, attend(reader, q, reader.read("k", KEYS), reader.read("v", KEYS)));
      return List.of(source.build("full"), reader.build("cross"));
    }
  },
  /** Readers of the nearest of two layers; what they read goes through products and rotations. */
  NEAREST_OF_TWO(List.of(0, 1, 1, 0, 1, 1), List.of(0, 0, 3, 3)) {
    @Override
    List<Block> kinds() {
      var source = builder();
      ValueId x = source.input("x", WIDTH);
      ValueId v = project(source, "v", x, WIDTH);
      source.export("v", v);
      result(source, x, source.unary(UnaryFunction.SILU, v));
      var reader = builder();
      x = reader.input("x", WIDTH);
      ValueId read = reader.read("v", WIDTH);
      ValueId mixed = reader.binary(BinaryFunction.MULTIPLY, project(reader, "v", read, WIDTH), x);
      result(reader, x, reader.binary(BinaryFunction.ADD, mixed, rope(reader, read, HEADS)));
      return List.of(source.build("source"), reader.build("reader"));
    }
  },
  /** A value that is not read as it came from an op, and one that is the stream itself. */
  ELEMENTWISE(List.of(0, 1, 1), List.of(0, 0)) {
    @Override
    List<Block> kinds() {
      var source = builder();
      ValueId x = source.input("x", WIDTH);
      source.export("gate", source.unary(UnaryFunction.SIGMOID, x));
      source.export("input", x);
      result(source, x, project(source, "w", x, WIDTH));
      var reader = builder();
      x = reader.input("x", WIDTH);
      ValueId read = reader.read("gate", WIDTH);
      ValueId input = reader.read("input", WIDTH);
      ValueId gated = reader.binary(BinaryFunction.MULTIPLY, x, read);
      result(reader, x, reader.binary(BinaryFunction.ADD, gated, input));
      return List.of(source.build("source"), reader.build("reader"));
    }
  },
  /** A chain: each reader exports what the next one reads, and a recurrence walks over it. */
  CHAIN(List.of(0, 1, 1, 1), List.of(0, 1, 2)) {
    @Override
    List<Block> kinds() {
      var source = builder();
      ValueId x = source.input("x", WIDTH);
      ValueId v = project(source, "v", x, WIDTH);
      source.export("v", v);
      result(source, x, v);
      var reader = builder();
      x = reader.input("x", WIDTH);
      ValueId read = reader.read("v", WIDTH);
      ValueId decay = reader.unary(UnaryFunction.SIGMOID, project(reader, "a", x, WIDTH));
      ValueId state = scan(reader, decay, read);
      reader.export("v", reader.binary(BinaryFunction.ADD, read, project(reader, "v", x, WIDTH)));
      result(reader, x, state);
      return List.of(source.build("source"), reader.build("link"));
    }
  },
  /** Every other layer reads the embedding. */
  EMBEDDING(List.of(0, 1, 0, 1, 1), List.of()) {
    @Override
    List<Block> kinds() {
      var plain = builder();
      ValueId x = plain.input("x", WIDTH);
      result(plain, x, plain.unary(UnaryFunction.GELU, project(plain, "w", x, WIDTH)));
      var reader = builder();
      x = reader.input("x", WIDTH);
      ValueId read = reader.read("embedding", WIDTH);
      ValueId both =
          reader.binary(
              BinaryFunction.ADD,
              project(reader, "w", x, WIDTH),
              project(reader, "u", read, WIDTH));
      result(reader, x, reader.unary(UnaryFunction.TANH, both));
      return List.of(plain.build("plain"), reader.build("concat"));
    }

    @Override
    Block embed(Block embed) {
      var graph = new Graph.Builder().continueFrom(embed.graph());
      graph.result("export:embedding", embed.graph().result("y"));
      return new Block(embed.name(), graph.build(), embed.parameters());
    }
  },
  /** A learnt table of positions is added to the embedding. */
  POSITIONS(List.of(0, 0), List.of()) {
    @Override
    List<Block> kinds() {
      var layer = builder();
      ValueId x = layer.input("x", WIDTH);
      ValueId k = project(layer, "k", x, KEYS);
      result(layer, x, attend(layer, project(layer, "q", x, WIDTH), k, k));
      return List.of(layer.build("local"));
    }

    @Override
    Block embed(Block embed) {
      var out = builder();
      ValueId rows =
          out.graph().add(new Op.Embedding(), table(out, "embedding", Models.VOCABULARY));
      ValueId positions =
          out.graph().add(new Op.Embedding(Op.Index.POSITION), table(out, "positions", 7));
      out.graph().result("y", out.binary(BinaryFunction.ADD, rows, positions));
      return out.build("embed");
    }

    private ValueId table(BlockBuilder out, String name, int rows) {
      return out.matrix(name, rows, WIDTH, ONE);
    }
  },
  /** One attention's weights in four layers of two kinds, one of which has a vector of its own. */
  SHARED(List.of(0, 1, 0, 1, 1), List.of()) {
    @Override
    List<Block> kinds() {
      return List.of(shared("local", false), shared("scaled", true));
    }

    private Block shared(String name, boolean scaled) {
      var out = builder();
      ValueId x = out.input("x", WIDTH);
      ValueId gain = share(out, "block.gain", 1, WIDTH, false);
      ValueId normed = out.rmsNorm("normed", x, gain, 1, 1e-2);
      ValueId q = rope(out, shared(out, "block.q", normed, WIDTH), HEADS);
      ValueId k = rope(out, shared(out, "block.k", normed, KEYS), 1);
      ValueId y = attend(out, q, k, shared(out, "block.v", normed, KEYS));
      if (scaled) {
        ValueId scale = out.vector("scale", WIDTH, ONE);
        y = out.binary(BinaryFunction.MULTIPLY, y, out.graph().add(new Op.SpreadRow(), scale));
      }
      result(out, x, y);
      return out.build(name);
    }

    private ValueId shared(BlockBuilder out, String name, ValueId x, int columns) {
      return out.matmul(name, x, share(out, name, WIDTH, columns, true));
    }

    private ValueId share(BlockBuilder out, String name, int rows, int columns, boolean decayed) {
      return out.parameter(new BlockParameter(name, rows, columns, ONE, decayed, name));
    }
  };

  public static final int[] WINDOWS = {3};

  private static final int WIDTH = 16;
  private static final int HEADS = 2;
  private static final int KEYS = 8;
  private static final Initializer ONE = new Initializer.Constant(1);

  private final List<Integer> order;
  private final List<Integer> sources;

  /**
   * @param sources the layers that those layers read, in order, which read layers
   */
  WiredModels(List<Integer> order, List<Integer> sources) {
    this.order = order;
    this.sources = sources;
  }

  abstract List<Block> kinds();

  Block embed(Block embed) {
    return embed;
  }

  /** The model. */
  public LoweredModel model() {
    Architecture frame =
        Models.of(
            "wired",
            WIDTH,
            true,
            0,
            WINDOWS,
            Collections.nCopies(order.size(), Models.layer(null, null)));
    LoweredModel lowered = LowerModel.lower(frame);
    List<Block> kinds = kinds();
    var left = new ArrayList<>(sources);
    List<SequencedMap<String, Source>> reads =
        order.stream().map(kind -> reads(kinds.get(kind), left)).toList();
    Block embed = embed(lowered.embed());
    return new LoweredModel(frame, embed, kinds, order, reads, lowered.head());
  }

  private static SequencedMap<String, Source> reads(Block kind, List<Integer> left) {
    var reads = new LinkedHashMap<String, Source>();
    if (kind.reads().containsKey("embedding")) {
      reads.put("embedding", new Source.Embedding());
    } else if (!kind.reads().isEmpty()) {
      int from = left.removeFirst();
      kind.reads().keySet().forEach(name -> reads.put(name, new Source.Export(from, name)));
    }
    return reads;
  }

  /** Full names and the tensors behind them. */
  public static Map<String, BlockParameter> parameters(LoweredModel model) {
    Map<String, BlockParameter> all = new LinkedHashMap<>();
    model.embed().parameters().forEach(p -> all.put(p.fullName(""), p));
    for (int layer = 0; layer < model.order().size(); layer++) {
      String prefix = "layers." + layer + ".";
      model.layer(layer).parameters().forEach(p -> all.put(p.fullName(prefix), p));
    }
    model.head().parameters().forEach(p -> all.put(p.fullName(""), p));
    return all;
  }

  private static BlockBuilder builder() {
    return new BlockBuilder().at(Models.SPAN);
  }

  private static void result(BlockBuilder out, ValueId x, ValueId added) {
    out.graph().result("y", out.binary(BinaryFunction.ADD, x, added));
  }

  private static ValueId project(BlockBuilder out, String name, ValueId x, int columns) {
    return out.matmul(name, x, out.matrix("mixer." + name, WIDTH, columns, ONE));
  }

  private static ValueId rope(BlockBuilder out, ValueId x, int heads) {
    return out.graph()
        .named(
            "rotated",
            new Op.Rope(heads, Rotation.plain(out.graph().type(x).columns() / heads, 100), false),
            x);
  }

  private static ValueId attend(BlockBuilder out, ValueId q, ValueId k, ValueId v) {
    var shape = new AttentionShape(HEADS, 1, KEYS);
    return out.graph().named("attention", new Op.Attention(shape, 0), q, k, v);
  }

  private static ValueId scan(BlockBuilder out, ValueId decay, ValueId input) {
    var shape = new ScanShape(HEADS, WIDTH / HEADS);
    return out.graph().named("state", new Op.Recurrence(shape), decay, input);
  }
}
