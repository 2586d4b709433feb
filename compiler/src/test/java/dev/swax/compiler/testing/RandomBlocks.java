package dev.swax.compiler.testing;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.BlockBuilder;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Seeded well-typed blocks of elementwise work, spreads, sums within rows, products, rotations,
 * attention, recurrences and experts. What would leave the domain of a function, or grow without
 * bound, is kept in it.
 */
public final class RandomBlocks {
  private static final Initializer ANY = new Initializer.Constant(1);

  private final SplittableRandom random;
  private final BlockBuilder out = new BlockBuilder();
  private final List<ValueId> values = new ArrayList<>();
  private final List<ValueId> rows = new ArrayList<>();
  private int parameters;

  private RandomBlocks(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A block from `x` [T, width] to `y` [T, width]. */
  public static Block of(long seed, int width) {
    return new RandomBlocks(seed).build(width);
  }

  /** A block that takes every function of every value, and of the mean of each row. */
  public static Block ofEveryFunction(int width) {
    var blocks = new RandomBlocks(width);
    BlockBuilder out = blocks.out;
    ValueId x = out.input("x", width);
    ValueId y = x;
    ValueId mean = blocks.mean(x, 1);
    for (UnaryFunction function : UnaryFunction.values()) {
      ValueId narrow = out.graph().add(new Op.SpreadGroups(width), blocks.unary(function, mean));
      ValueId both = out.binary(BinaryFunction.ADD, blocks.unary(function, x), narrow);
      y = out.binary(BinaryFunction.ADD, y, both);
    }
    out.graph().result("y", y);
    return out.build("functions");
  }

  private Block build(int width) {
    ValueId x = out.input("x", width);
    values.add(x);
    int operations = random.nextInt(1, 25);
    for (int i = 0; i < operations; i++) {
      ValueId value = operation(any());
      if (random.nextInt(3) == 0) {
        out.graph().nameIfUnnamed(value, "value_" + random.nextInt(6));
      }
      values.add(value);
    }
    ValueId y = x;
    for (ValueId value : values) {
      if (value.equals(values.getLast()) || random.nextInt(3) == 0) {
        y = out.binary(BinaryFunction.ADD, y, toWidth(value, width));
      }
    }
    out.graph().result("y", y);
    return out.build("random");
  }

  private ValueId toWidth(ValueId value, int width) {
    return columns(value) == width ? value : product(value, width);
  }

  private ValueId operation(ValueId x) {
    return switch (random.nextInt(18)) {
      case 0, 1 -> unary(UnaryFunction.values()[random.nextInt(UnaryFunction.values().length)], x);
      case 2, 3 -> binary(anyBinary(), x, sameColumns(x));
      case 4 -> withConstant(x);
      case 5 -> sumGroups(x);
      case 6 -> spreadGroups(x);
      case 7 -> binary(anyBinary(), x, out.graph().add(new Op.SpreadRow(), row(columns(x))));
      case 8 -> product(x, random.nextInt(1, 40));
      case 9 -> sumOfProducts(x);
      case 10 -> rotate(x);
      case 11 -> binary(anyBinary(), x, sharedRow(x));
      case 12 -> blockProduct(x);
      case 13 -> repeat(x);
      case 14 -> recurrence();
      case 15 -> experts(x);
      case 16 -> out.graph().add(new Op.Softmax(anyDivisor(columns(x))), x);
      default -> out.rmsNorm("norm", x, parameter(1, columns(x)), anyDivisor(columns(x)), 1e-3);
    };
  }

  private BinaryFunction anyBinary() {
    return BinaryFunction.values()[random.nextInt(BinaryFunction.values().length)];
  }

  private ValueId unary(UnaryFunction function, ValueId x) {
    boolean onlyAboveZero = Double.isNaN(function.of(-1)) || function == UnaryFunction.RECIPROCAL;
    boolean grows = function.of(1e3) > 1e4;
    return out.unary(
        function, onlyAboveZero ? positive(x) : grows ? out.unary(UnaryFunction.TANH, x) : x);
  }

  private ValueId binary(BinaryFunction function, ValueId a, ValueId b) {
    return switch (function) {
      case DIVIDE -> out.binary(function, a, positive(b));
      case MULTIPLY -> out.binary(function, a, out.unary(UnaryFunction.TANH, b));
      case ADD, SUBTRACT, MAXIMUM, MINIMUM, GREATER -> out.binary(function, a, b);
    };
  }

  /** {@code x² + 0.5}. */
  private ValueId positive(ValueId x) {
    return out.binary(BinaryFunction.ADD, out.unary(UnaryFunction.SQUARE, x), out.constant(0.5));
  }

  private ValueId withConstant(ValueId x) {
    double[] constants = {0, 1, -1, 0.5, 2, 0.3};
    ValueId constant =
        random.nextBoolean() ? number() : out.constant(constants[random.nextInt(constants.length)]);
    BinaryFunction function = anyBinary();
    return random.nextBoolean() ? binary(function, x, constant) : binary(function, constant, x);
  }

  /** One number for the whole block, written as arithmetic or as a row of one. */
  private ValueId number() {
    ValueId constant = out.constant(random.nextDouble());
    return switch (random.nextInt(3)) {
      case 0 -> unary(UnaryFunction.EXP, constant);
      case 1 -> binary(anyBinary(), constant, out.constant(random.nextDouble()));
      default -> out.graph().add(new Op.ConstantRow(List.of(random.nextDouble())));
    };
  }

  /** The mean of each group, so that values do not grow. */
  private ValueId sumGroups(ValueId x) {
    return mean(x, anyDivisor(columns(x)));
  }

  private ValueId mean(ValueId x, int groups) {
    ValueId sum = out.graph().add(new Op.SumGroups(groups), x);
    return out.binary(BinaryFunction.MULTIPLY, sum, out.constant((double) groups / columns(x)));
  }

  private ValueId spreadGroups(ValueId x) {
    int[] fitting =
        values.stream().mapToInt(this::columns).filter(c -> c % columns(x) == 0).toArray();
    int columns = random.nextBoolean() ? fitting[random.nextInt(fitting.length)] : columns(x) * 2;
    return columns > 80 ? x : out.graph().add(new Op.SpreadGroups(columns), x);
  }

  /** A parameter, a function of one or two, or constants. */
  private ValueId row(int columns) {
    return switch (random.nextInt(6)) {
      case 0 -> unary(UnaryFunction.SOFTPLUS, parameter(1, columns));
      case 1 -> binary(BinaryFunction.MULTIPLY, parameter(1, columns), knownRow(columns));
      case 2 ->
          out.graph()
              .add(
                  new Op.ConstantRow(
                      IntStream.range(0, columns).mapToObj(_ -> random.nextDouble()).toList()));
      case 3 -> binary(anyBinary(), knownRow(columns), number());
      case 4 -> binary(anyBinary(), number(), parameter(1, columns));
      default -> knownRow(columns);
    };
  }

  /** A parameter that was used before, if there is one of that width. */
  private ValueId knownRow(int columns) {
    return rows.stream()
        .filter(row -> columns(row) == columns)
        .findFirst()
        .orElseGet(() -> parameter(1, columns));
  }

  private ValueId product(ValueId x, int columns) {
    return random.nextBoolean()
        ? out.matmul("product", x, parameter(columns(x), columns))
        : out.matmul("product", x, parameter(columns, columns(x)), true);
  }

  /** A row that all groups of x share. */
  private ValueId sharedRow(ValueId x) {
    int width = anyDivisor(columns(x));
    return width == 1
        ? out.graph().add(new Op.SpreadRow(), row(columns(x)))
        : out.graph().add(new Op.SpreadRow(columns(x) / width), row(width));
  }

  private ValueId blockProduct(ValueId x) {
    int blocks = anyDivisor(columns(x));
    int columns = random.nextInt(1, Math.max(2, 40 / blocks));
    boolean right = random.nextBoolean();
    int inputs = columns(x) / blocks;
    ValueId weight = parameter(blocks * (right ? columns : inputs), right ? inputs : columns);
    return out.graph().add(new Op.MatMul(false, right, blocks), x, weight);
  }

  private ValueId repeat(ValueId x) {
    if (random.nextInt(3) == 0) {
      ValueId other = any();
      int[] common =
          IntStream.rangeClosed(1, columns(x))
              .filter(d -> columns(x) % d == 0 && columns(other) % d == 0)
              .toArray();
      int groups = common[random.nextInt(common.length)];
      return columns(x) + columns(other) > 80
          ? x
          : out.graph().add(new Op.Concat(groups), x, other);
    }
    int times = random.nextInt(1, 4);
    int groups = anyDivisor(columns(x));
    return times * columns(x) > 80 ? x : out.graph().add(new Op.Repeat(groups, times), x);
  }

  private ValueId sumOfProducts(ValueId x) {
    int columns = random.nextInt(1, 40);
    ValueId sum = out.binary(BinaryFunction.ADD, product(x, columns), product(any(), columns));
    return random.nextBoolean()
        ? sum
        : out.binary(BinaryFunction.ADD, product(any(), columns), sum);
  }

  private ValueId rotate(ValueId x) {
    if (columns(x) % 2 != 0) {
      return attention(x);
    }
    int heads = anyDivisor(columns(x) / 2);
    int headWidth = columns(x) / heads;
    var rotation = Rotation.plain(headWidth, 100);
    if (random.nextBoolean()) {
      RopeScaling[] scalings = {
        new RopeScaling.None(),
        new RopeScaling.Linear(4),
        new RopeScaling.Llama3(8, 1, 4, 40),
        new RopeScaling.Yarn(4, 40, 4, 1, random.nextBoolean(), 1.2)
      };
      var pairs = Rotation.Pairs.values()[random.nextInt(2)];
      int turned = 2 * random.nextInt(0, headWidth / 2 + 1);
      rotation =
          new Rotation(headWidth, turned, 100, pairs, scalings[random.nextInt(scalings.length)]);
    }
    return out.graph().add(new Op.Rope(heads, rotation, false), x);
  }

  /** Keys are at most 1 long, so that no state of a delta rule grows. */
  private ValueId recurrence() {
    int heads = random.nextInt(1, 4);
    int key = random.nextInt(1, 7);
    int value = random.nextInt(1, 7);
    RecurrenceShape shape =
        switch (random.nextInt(4)) {
          case 0 -> new MemoryShape(heads, key, value, 0.5f, Normalizer.NONE, false, true);
          case 1 -> new DeltaShape(heads, key, value, 0.5f, random.nextBoolean());
          case 2 -> new GlaShape(heads, key, value, 0.5f);
          default -> new ScanShape(heads, value);
        };
    List<ValueId> operands =
        shape.operands().stream()
            .map(name -> operand(name, product(any(), shape.columns(name)), key))
            .toList();
    return out.graph().add(new Op.Recurrence(shape), operands, "remembered");
  }

  private ValueId operand(String name, ValueId x, int key) {
    return switch (name) {
      case "log_forget", "log_decay" -> out.unary(UnaryFunction.LOG_SIGMOID, x);
      case "decay", "erase", "write" -> out.unary(UnaryFunction.SIGMOID, x);
      case "k" ->
          out.binary(
              BinaryFunction.MULTIPLY,
              out.unary(UnaryFunction.TANH, x),
              out.constant(1 / Math.sqrt(key)));
      default -> out.unary(UnaryFunction.TANH, x);
    };
  }

  /** Experts of one product and a function, with or without weights on either side. */
  private ValueId experts(ValueId x) {
    int size = random.nextInt(1, 4);
    int groups = random.nextInt(1, 3);
    int activeGroups = random.nextInt(1, groups + 1);
    int active = random.nextInt(1, size * activeGroups + 1);
    var choice = new ChoiceShape(size * groups, active, groups, activeGroups);
    ValueId scores = out.unary(UnaryFunction.TANH, product(x, choice.experts()));
    ValueId chosen = expert(new ExpertOp.Choose(choice), scores);
    ValueId places = out.graph().add(new Op.Part(1), chosen);
    ValueId owners = out.graph().add(new Op.Part(2), chosen);
    ValueId balanced = expert(new ExpertOp.Balance(0.3), scores, owners);
    ValueId weights = expert(new ExpertOp.Pick(), balanced, chosen);
    int columns = random.nextInt(1, 12);
    boolean right = random.nextBoolean();
    ValueId matrix =
        parameter(choice.experts() * (right ? columns : columns(x)), right ? columns(x) : columns);
    ValueId rows = slots(new ExpertOp.Dispatch(), x, places, weights);
    ValueId product =
        expert(new ExpertOp.MatMul(false, right, choice.experts()), rows, matrix, owners);
    ValueId table = out.matrix("p" + parameters++, choice.experts(), columns, ANY);
    ValueId sum =
        out.binary(BinaryFunction.ADD, product, expert(new ExpertOp.Rows(), table, owners));
    return slots(new ExpertOp.Combine(), out.unary(UnaryFunction.TANH, sum), places, weights);
  }

  private ValueId slots(ExpertOp op, ValueId x, ValueId places, ValueId weights) {
    return random.nextBoolean() ? expert(op, x, places) : expert(op, x, places, weights);
  }

  private ValueId expert(ExpertOp op, ValueId... operands) {
    return out.graph().add(new Op.Experts(op), operands);
  }

  private ValueId attention(ValueId x) {
    int heads = anyDivisor(columns(x));
    int headWidth = columns(x) / heads;
    int keyHeads = anyDivisor(heads);
    var shape = new AttentionShape(heads, keyHeads, headWidth);
    int window = random.nextInt(-1, 1);
    if (random.nextBoolean()) {
      int values = random.nextInt(1, Math.max(2, 40 / heads));
      shape = shape.withValueWidth(values).withScale(random.nextDouble());
      shape = random.nextBoolean() ? shape.withCap(0.5 + random.nextDouble()) : shape;
      shape = random.nextBoolean() ? shape.withSinks() : shape;
      shape = window < 0 ? shape.withChunk(random.nextInt(6)) : shape;
    }
    var operands = new ArrayList<ValueId>();
    operands.add(out.unary(UnaryFunction.TANH, x));
    operands.add(product(any(), keyHeads * headWidth));
    operands.add(product(any(), keyHeads * shape.valueWidth()));
    if (shape.sinks()) {
      operands.add(parameter(1, heads));
    }
    return out.graph().add(new Op.Attention(shape, window), operands, null);
  }

  private ValueId parameter(int rows, int columns) {
    String name = "p" + parameters++;
    if (rows > 1) {
      return out.matrix(name, rows, columns, ANY);
    }
    ValueId row = out.vector(name, columns, ANY);
    this.rows.add(row);
    return row;
  }

  private ValueId any() {
    return values.get(random.nextInt(values.size()));
  }

  private ValueId sameColumns(ValueId x) {
    List<ValueId> same = values.stream().filter(v -> columns(v) == columns(x)).toList();
    return same.get(random.nextInt(same.size()));
  }

  private int anyDivisor(int number) {
    int[] divisors = IntStream.rangeClosed(1, number).filter(d -> number % d == 0).toArray();
    return divisors[random.nextInt(divisors.length)];
  }

  private int columns(ValueId id) {
    return out.graph().type(id).columns();
  }
}
