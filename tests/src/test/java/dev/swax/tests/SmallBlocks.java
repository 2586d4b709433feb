package dev.swax.tests;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.BlockBuilder;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.lower.Source;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.kernel.step.StepProgram;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.program.Initializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One construct of the generators each, as a layer from {@code x} to {@code y} of a model that has
 * nothing else between its embedding and its head.
 */
public enum SmallBlocks {
  /** The layer that changes nothing: what every program has. */
  EMPTY {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return x;
    }
  },
  /** {@code y = x * relu(x)}: one loop over columns forward, one backward. */
  ELEMENTWISE {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return out.binary(BinaryFunction.MULTIPLY, x, out.unary(UnaryFunction.RELU, x));
    }
  },
  /** {@code y = silu(x) * w}: a function that fills a row first; a gradient summed over rows. */
  ACTIVATION {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return out.binary(BinaryFunction.MULTIPLY, out.unary(UnaryFunction.SILU, x), row(out));
    }
  },
  /** {@code y = x * rsqrt(sum of squares)}: a sum within each row, and loops around it. */
  NORM {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId sum = out.graph().add(new Op.SumGroups(1), out.unary(UnaryFunction.SQUARE, x));
      return timesGroup(out, x, out.unary(UnaryFunction.RECIPROCAL_SQRT, sum));
    }
  },
  /** {@code y = x * (sum of the head)}: sums within parts of a row. */
  SUM_OF_HEADS {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return timesGroup(out, x, out.graph().add(new Op.SumGroups(HEADS), x));
    }
  },
  /** {@code y = x w}. */
  PRODUCT {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return out.matmul("product", x, out.matrix("w", WIDTH, WIDTH, ONE));
    }
  },
  /** {@code y = x w + x uᵀ}: the second product adds to the first. */
  SUM_OF_PRODUCTS {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId first = out.matmul("first", x, out.matrix("w", WIDTH, WIDTH, ONE));
      ValueId second = out.matmul("second", x, out.matrix("u", WIDTH, WIDTH, ONE), true);
      return out.binary(BinaryFunction.ADD, first, second);
    }
  },
  /** {@code y = x * w}, where all heads have the same w: its gradient is summed over heads too. */
  SHARED_ROW {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId row = out.vector("w", WIDTH / HEADS, ONE);
      return out.binary(BinaryFunction.MULTIPLY, x, out.graph().add(new Op.SpreadRow(HEADS), row));
    }
  },
  /** {@code y = x w} head by head. */
  PRODUCTS_OF_HEADS {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId weight = out.matrix("w", WIDTH, WIDTH / HEADS, ONE);
      return out.graph().named("product", new Op.MatMul(false, false, HEADS), x, weight);
    }
  },
  /** Two heads each read one of two groups of half the width. */
  GROUPS {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId few = out.matmul("few", x, out.matrix("w", WIDTH, WIDTH / 2, ONE));
      return out.graph().named("each", new Op.Repeat(2, 2), few);
    }
  },
  /** Two shares of four of each token, by softmax of all, kept in balance. */
  ROUTE {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId scores = out.matmul("scores", x, out.matrix("router", WIDTH, 4, ONE));
      ValueId chosen = choose(out, scores);
      ValueId owners = out.graph().add(new Op.Part(2), chosen);
      ValueId balanced = expert(out, "balanced", new ExpertOp.Balance(0.01), scores, owners);
      ValueId shares = out.graph().named("shares", new Op.Softmax(1), balanced);
      ValueId weights = expert(out, "weights", new ExpertOp.Pick(), shares, chosen);
      ValueId places = out.graph().add(new Op.Part(1), chosen);
      ValueId rows = expert(out, "rows", new ExpertOp.Dispatch(), x, places, weights);
      return expert(out, "combined", new ExpertOp.Combine(), rows, places);
    }
  },
  /** Two experts of a product and a bias; x itself has the four scores, one a group. */
  EXPERTS {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId chosen = choose(out, out.graph().named("scores", new Op.SumGroups(4), x));
      ValueId places = out.graph().add(new Op.Part(1), chosen);
      ValueId owners = out.graph().add(new Op.Part(2), chosen);
      ValueId rows = expert(out, "rows", new ExpertOp.Dispatch(), x, places);
      ValueId matrices = out.matrix("w", 4 * WIDTH, WIDTH, ONE);
      ValueId made =
          expert(out, "made", new ExpertOp.MatMul(false, false, 4), rows, matrices, owners);
      ValueId bias =
          expert(out, "bias", new ExpertOp.Rows(), out.matrix("b", 4, WIDTH, ONE), owners);
      ValueId all = out.binary(BinaryFunction.ADD, made, bias);
      return expert(out, "combined", new ExpertOp.Combine(), all, places);
    }
  },
  /** Of two heads, six columns of one product and ten of another. */
  CONCAT {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      ValueId few = out.matmul("few", x, out.matrix("w", WIDTH, 12, ONE));
      ValueId more = out.matmul("more", x, out.matrix("v", WIDTH, WIDTH - 12, ONE));
      return out.graph().named("both", new Op.Concat(2), few, more);
    }
  },
  ROPE {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return out.graph()
          .named("rotated", new Op.Rope(HEADS, Rotation.plain(WIDTH / HEADS, 10_000), false), x);
    }
  },
  /** Queries, keys and values are all x. */
  ATTENTION {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      var shape = new AttentionShape(HEADS, HEADS, WIDTH / HEADS);
      return out.graph().named("attended", new Op.Attention(shape, 0), x, x, x);
    }
  },
  /**
   * The same, capped, in chunks, with sinks and another scale; only half of each head is turned.
   */
  ATTENTION_OPTIONS {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      int head = WIDTH / HEADS;
      var scaling = new RopeScaling.Yarn(32, 4096, 32, 1, false, 1.25);
      var rotation = new Rotation(head, head / 2, 10_000, Rotation.Pairs.HALF, scaling);
      ValueId q = out.graph().named("rotated", new Op.Rope(HEADS, rotation, false), x);
      ValueId sinks = out.vector("sinks", HEADS, ONE);
      var shape =
          new AttentionShape(HEADS, HEADS, head)
              .withScale(0.5)
              .withCap(50)
              .withSinks()
              .withChunk(8);
      return out.graph().named("attended", new Op.Attention(shape, -1), q, x, x, sinks);
    }
  },
  /** A matrix state, with heads of one channel so that x is its queries, keys, values and gates. */
  MEMORY {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      var shape = new MemoryShape(WIDTH, 1, 1, 0.5f, Normalizer.MAX_ABS_ONE, true, true);
      return recurrence(out, shape, x, x, x, x, x);
    }
  },
  /** The delta rule, with heads as in {@link #MEMORY}. */
  DELTA {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return recurrence(out, new DeltaShape(WIDTH, 1, 1, 0.5f, true), x, x, x, x, x, x);
    }
  },
  /** A matrix state of which each row decays by a factor of its own. */
  GLA {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return recurrence(out, new GlaShape(HEADS, WIDTH / HEADS, WIDTH / HEADS, 0.5f), x, x, x, x);
    }
  },
  /** {@code h' = x * h + x}, walked token by token. */
  STEP {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return recurrence(out, new StepShape(HEADS, 2 * WIDTH, step(), stepGradient()), x);
    }
  },
  /** A vector state; its decay is x too. */
  SCAN {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return recurrence(out, new ScanShape(HEADS, WIDTH / HEADS), x, x);
    }
  },
  /** A recurrence with a parameter: filters of three tokens. */
  CONV {
    @Override
    ValueId build(BlockBuilder out, ValueId x) {
      return recurrence(out, new ConvShape(WIDTH, 3), x, out.matrix("w", 3, WIDTH, ONE));
    }
  };

  private static final int WIDTH = 32;
  private static final int HEADS = 4;
  private static final Initializer ONE = new Initializer.Constant(1);
  private static final Span SPAN = new Span(new SourceFile("small.swax", "model small"), 0, 11);

  /** What stands around the layer; its own layer is never used. */
  private static final Architecture MODEL = frame();

  abstract ValueId build(BlockBuilder out, ValueId x);

  private static Architecture frame() {
    String text =
        "model small { width = %d  vocab = 64  ffn = none  let window = swa(window: 4, heads: %d)  layers = [window] }"
            .formatted(WIDTH, HEADS);
    var diagnostics = new Diagnostics();
    var file = Parser.parse(new SourceFile("small.swax", text), diagnostics);
    return new Analyzer(new FileModules(), new PartAnalyzer())
        .analyze(file, Options.none(), diagnostics)
        .models()
        .getFirst();
  }

  /** The plan of a model whose one layer is this. */
  public ModelPlan plan() {
    return plan(this::build);
  }

  /** The plan of a model with one layer, from {@code x} to {@code y}. */
  public static ModelPlan plan(BiFunction<BlockBuilder, ValueId, ValueId> layer) {
    var out = new BlockBuilder().at(SPAN);
    out.graph().result("y", layer.apply(out, out.input("x", WIDTH)));
    LoweredModel frame = LowerModel.lower(MODEL);
    return Lowering.of(
            new LoweredModel(
                MODEL, frame.embed(), List.of(out.build("layer")), frame.order(), frame.head()))
        .plan();
  }

  private static ValueId choose(BlockBuilder out, ValueId scores) {
    return expert(out, "chosen", new ExpertOp.Choose(ChoiceShape.of(4, 2)), scores);
  }

  private static ValueId expert(BlockBuilder out, String name, ExpertOp op, ValueId... operands) {
    return out.graph().named(name, new Op.Experts(op), operands);
  }

  /** The plan of a model whose second and third layer read a value of the first. */
  static ModelPlan planOfReads() {
    var source = new BlockBuilder().at(SPAN);
    ValueId x = source.input("x", WIDTH);
    ValueId v = source.matmul("v", x, source.matrix("w", WIDTH, WIDTH, ONE));
    source.export("v", v);
    source.graph().result("y", source.binary(BinaryFunction.MULTIPLY, x, v));
    var reader = new BlockBuilder().at(SPAN);
    x = reader.input("x", WIDTH);
    ValueId read = reader.read("v", WIDTH);
    reader.graph().result("y", reader.binary(BinaryFunction.MULTIPLY, x, read));
    LoweredModel frame = LowerModel.lower(MODEL);
    var none = new LinkedHashMap<String, Source>();
    var first = new LinkedHashMap<String, Source>();
    first.put("v", new Source.Export(0, "v"));
    return Lowering.of(
            new LoweredModel(
                MODEL,
                frame.embed(),
                List.of(source.build("source"), reader.build("reader")),
                List.of(0, 1, 1),
                List.of(none, first, first),
                frame.head()))
        .plan();
  }

  /** A trained row, for every token. */
  private static ValueId row(BlockBuilder out) {
    return out.graph().add(new Op.SpreadRow(), out.vector("w", WIDTH, ONE));
  }

  private static ValueId timesGroup(BlockBuilder out, ValueId x, ValueId group) {
    ValueId spread = out.graph().add(new Op.SpreadGroups(WIDTH), group);
    return out.binary(BinaryFunction.MULTIPLY, x, spread);
  }

  private static StepProgram step() {
    return StepProgram.of(
        """
        operand x each 8
        state h each 8 8
        product = multiply none x full h full each 1 8
        sum = add none product full x full each 1 8
        out y sum
        out h' sum
        """);
  }

  private static StepProgram stepGradient() {
    return StepProgram.of(
        """
        operand x each 8
        state h each 8 8
        state d:y each 8 8
        state d:h' each 8 8
        d = add none d:y full d:h' full each 1 8
        product = multiply none d full h full each 1 8
        dx = add none product full d full each 1 8
        dh = multiply none d full x full each 1 8
        out d:x dx
        out d:h dh
        """);
  }

  private static ValueId recurrence(BlockBuilder out, RecurrenceShape shape, ValueId... operands) {
    return out.graph().add(new Op.Recurrence(shape), List.of(operands), "remembered");
  }
}
