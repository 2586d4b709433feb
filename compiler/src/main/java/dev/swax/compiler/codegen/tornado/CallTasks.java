package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.Place;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of a heavy op: each calls a hand-written kernel with the op's sizes as literals, so
 * that the device's compiler sees constants.
 */
final class CallTasks {
  /** A task of an op. */
  sealed interface Call {
    /** What it does, where an op has several; otherwise empty. */
    String step();

    TaskWords words();
  }

  /** One kernel: what it is called with, and how many threads run it. */
  record Kernel(String step, TaskWords words, CodeBlock code, CodeBlock grid) implements Call {
    Kernel(TaskWords words, CodeBlock code, CodeBlock grid) {
      this("", words, code, grid);
    }
  }

  /** A kernel that is written here, statement by statement. */
  record Statements(String step, TaskWords words, CodeBlock code, CodeBlock grid) implements Call {}

  /** One product by a library: where its matrices lie, and in which arrays. */
  record Library(
      String step, TaskWords words, CodeBlock code, String precision, String a, String b, String c)
      implements Call {}

  private static final ClassName EMBEDDING = DeviceNames.kernels("EmbeddingKernels");
  private static final ClassName ENTROPY = DeviceNames.kernels("CrossEntropyKernels");
  private static final ClassName ROPE = DeviceNames.kernels("RopeKernels");
  private static final ClassName ATTENTION = DeviceNames.kernels("AttentionKernels");
  private static final ClassName ATTENTION_GRADIENT =
      DeviceNames.kernels("AttentionGradientKernels");

  private final GraphPlan plan;
  private final BlockTasks block;

  CallTasks(GraphPlan plan, BlockTasks block) {
    this.plan = plan;
    this.block = block;
  }

  List<Call> of(Node node) {
    return switch (node.op()) {
      case Op.MatMul(boolean left, boolean right, int blocks) when blocks > 1 ->
          List.of(new GroupTasks(this, block).product(node, left, right, blocks));
      case Op.Repeat(int groups, int times) ->
          List.of(new GroupTasks(this, block).repeat(node, groups, times));
      case Op.Concat(int groups) -> {
        int left = columns(node.operand(0)) / groups;
        int all = node.type().columns() / groups;
        yield List.of(
            new GroupTasks(this, block).copy("left", node, 0, groups, left, 0, all, 0, left),
            new GroupTasks(this, block)
                .copy("right", node, 1, groups, all - left, 0, all, left, all - left));
      }
      case Op.Slice(int groups, int from, int to) -> {
        int width = columns(node.operand(0)) / groups;
        int columns = to - from;
        yield List.of(
            new GroupTasks(this, block)
                .copy("", node, 0, groups, width, from, columns, 0, columns));
      }
      case Op.SumRepeats(int groups, int times) ->
          List.of(new GroupTasks(this, block).sumRepeats(node, groups, times));
      case Op.Softmax(int groups) -> List.of(new GroupTasks(this, block).softmax(node, groups));
      case Op.Experts(var expert) -> new ExpertTasks(this, block, node).of(expert);
      case Op.MatMul(boolean left, boolean right, _) ->
          left
              ? new ProductTasks(this, block).weightGradient(node)
              : new ProductTasks(this, block).product(node, right, node.operands(), 0);
      case Op.MatMulAdd(boolean right) ->
          new ProductTasks(this, block).product(node, right, node.operands().subList(1, 3), 1);
      case Op.Embedding(var index) -> List.of(embedding(node, index));
      case Op.EmbeddingGradient(int rows, var index) ->
          List.of(embeddingGradient(node, rows, index));
      case Op.Rope rope -> List.of(rope(node, rope));
      case Op.Attention(var shape, int window) -> List.of(attention(node, shape, window));
      case Op.AttentionGradient(var shape, int window) -> attentionGradient(node, shape, window);
      case Op.Recurrence(var shape) -> recurrence(node, shape).forward();
      case Op.RecurrenceGradient(var shape) -> recurrence(node, shape).backward();
      case Op.CrossEntropy _ -> List.of(crossEntropy(node));
      case Op.CrossEntropyGradient _ -> List.of(crossEntropyGradient(node));
      case Op.Leaf _, Op.Light _, Op.Part _ ->
          throw new IllegalArgumentException("no kernel of its own: " + node);
    };
  }

  private RecurrenceTasks recurrence(Node node, RecurrenceShape shape) {
    return DeviceFamilies.find(shape)
        .orElseThrow(() -> new IllegalArgumentException("no kernels on devices for " + shape))
        .of(this, block, node);
  }

  /** Positions lie after the tokens, in the same arrays. */
  private Call embedding(Node node, Op.Index index) {
    TaskWords words = block.words();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.gather(context, $L, $L, $L, $L, $L, $L)",
            EMBEDDING,
            words.array(DeviceArray.TOKENS),
            first(words, index),
            at(words, node.operand(0)),
            at(words, node.id()),
            words.rows(),
            node.type().columns()),
        CodeBlock.of("$T.gatherGrid(capacity, $L)", EMBEDDING, node.type().columns()));
  }

  /** Where the indices begin. */
  private static String first(TaskWords words, Op.Index index) {
    return switch (index) {
      case TOKEN -> "0";
      case POSITION -> words.word(ControlWord.CAPACITY);
      case META -> throw new IllegalArgumentException("devices have no meta tokens");
    };
  }

  private Call embeddingGradient(Node node, int count, Op.Index index) {
    TaskWords words = block.words();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.gradient(context, $L, $L, $L, $L, $L, $L, $L, $L, $L)",
            EMBEDDING,
            words.array(DeviceArray.TOKEN_ORDER),
            first(words, index),
            words.array(DeviceArray.TOKEN_STARTS),
            index == Op.Index.TOKEN ? "0" : block.vocabulary() + 1,
            at(words, node.operand(0)),
            at(words, node.id()),
            words.rows(),
            count,
            node.type().columns()),
        CodeBlock.of("$T.gradientGrid($L)", EMBEDDING, count));
  }

  private Call rope(Node node, Op.Rope rope) {
    if (!rope.rotation().isPlain()) {
      return share(node, rope);
    }
    TaskWords words = block.words();
    int headWidth = rope.rotation().headWidth();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.rotatePairs(context, $L, $L, $L, $L, $L, $L, $L, $L, $L)",
            ROPE,
            at(words, node.operand(0)),
            at(words, node.id()),
            words.array(DeviceArray.ANGLES),
            block.angles(words, rope.rotation()),
            words.rows(),
            words.word(ControlWord.TIME),
            rope.heads(),
            headWidth,
            rope.inverse() ? 1 : 0),
        CodeBlock.of("$T.grid(capacity, $L, $L)", ROPE, rope.heads(), headWidth));
  }

  private Call share(Node node, Op.Rope rope) {
    TaskWords words = block.words();
    Rotation rotation = rope.rotation();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.rotateShare(context, $L, $L, $L, $L, $L, $L, $L, $L, $L, $L, $L)",
            ROPE,
            at(words, node.operand(0)),
            at(words, node.id()),
            words.array(DeviceArray.ANGLES),
            block.angles(words, rotation),
            words.rows(),
            words.word(ControlWord.TIME),
            rope.heads(),
            rotation.headWidth(),
            rotation.columns(),
            rotation.pairs() == Rotation.Pairs.HALF ? 1 : 0,
            rope.inverse() ? 1 : 0),
        CodeBlock.of(
            "$T.shareGrid(capacity, $L, $L, $L)",
            ROPE,
            rope.heads(),
            rotation.headWidth(),
            rotation.columns()));
  }

  private Call attention(Node node, AttentionShape shape, int window) {
    TaskWords words = block.words();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.forward(context, $L, $L, $L, $L, $L)",
            ATTENTION,
            operands(words, node, 3),
            results(words, node, 2),
            at(words, node.operand(shape.sinks() ? 3 : 0)), // any array where there are none
            shape.sinks() ? 1 : 0,
            band(words, shape, window)),
        CodeBlock.of("$T.queryGrid(batch, time, $L)", ATTENTION, shape.heads()));
  }

  private List<Call> attentionGradient(Node node, AttentionShape shape, int window) {
    block.needWorkspace(CodeBlock.of("(long) capacity * $L", shape.heads()));
    TaskWords queries = block.words();
    TaskWords keys = block.words();
    int y = shape.operands();
    var calls = new ArrayList<Call>();
    calls.add(
        new Kernel(
            "queries",
            queries,
            CodeBlock.of(
                "$T.gradientOfQueries(context, $L, $L, $L, 0, $L, $L)",
                ATTENTION_GRADIENT,
                operands(queries, node, 3),
                operands(queries, node, y, y + 3),
                queries.array(DeviceArray.WORKSPACE),
                at(queries, node.id()),
                band(queries, shape, window)),
            CodeBlock.of("$T.queryGrid(batch, time, $L)", ATTENTION_GRADIENT, shape.heads())));
    calls.add(
        new Kernel(
            "keys",
            keys,
            CodeBlock.of(
                "$T.gradientOfKeys(context, $L, $L, $L, 0, $L, $L, $L)",
                ATTENTION_GRADIENT,
                operands(keys, node, 3),
                operands(keys, node, y + 1, y + 3),
                keys.array(DeviceArray.WORKSPACE),
                result(keys, node, 1),
                result(keys, node, 2),
                band(keys, shape, window)),
            CodeBlock.of("$T.keyGrid(batch, time, $L)", ATTENTION_GRADIENT, shape.keyHeads())));
    if (shape.sinks() && isRead(node, 3)) {
      calls.add(gradientOfSinks(node, shape));
    }
    return calls;
  }

  private Call gradientOfSinks(Node node, AttentionShape shape) {
    TaskWords words = block.words();
    return new Kernel(
        "sinks",
        words,
        CodeBlock.of(
            "$T.gradientOfSinks(context, $L, $L, $L, 0, $L, $L, $L)",
            ATTENTION_GRADIENT,
            at(words, node.operand(3)),
            at(words, node.operand(5)),
            words.array(DeviceArray.WORKSPACE),
            result(words, node, 3),
            words.rows(),
            shape.heads()),
        CodeBlock.of("$T.sinkGrid($L)", ATTENTION_GRADIENT, shape.heads()));
  }

  private static String band(TaskWords words, AttentionShape shape, int window) {
    return "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s"
        .formatted(
            words.array(DeviceArray.FIRST_KEYS),
            words.rows(),
            words.word(ControlWord.TIME),
            words.window(window),
            shape.heads(),
            shape.keyHeads(),
            shape.headWidth(),
            shape.valueWidth(),
            Literals.of(shape.scale()),
            Literals.of(shape.cap()),
            shape.chunk());
  }

  private Call crossEntropy(Node node) {
    TaskWords words = block.words();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.loss(context, $L, $L, 0, $L, $L, $L)",
            ENTROPY,
            at(words, node.operand(0)),
            words.array(DeviceArray.TARGETS),
            results(words, node, 2),
            words.rows(),
            columns(node.operand(0))),
        CodeBlock.of("$T.grid(capacity)", ENTROPY));
  }

  private Call crossEntropyGradient(Node node) {
    TaskWords words = block.words();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.gradient(context, $L, $L, 0, $L, $L, $L, SCALE, $L, $L)",
            ENTROPY,
            at(words, node.operand(0)),
            words.array(DeviceArray.TARGETS),
            at(words, node.operand(1)),
            at(words, node.id()),
            words.array(DeviceArray.SETTINGS),
            words.rows(),
            columns(node.operand(0))),
        CodeBlock.of("$T.grid(capacity)", ENTROPY));
  }

  String operands(TaskWords words, Node node, int count) {
    return operands(words, node, 0, count);
  }

  private String operands(TaskWords words, Node node, int from, int to) {
    var operands = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      operands.add(at(words, node.operand(i)));
    }
    return String.join(", ", operands);
  }

  String results(TaskWords words, Node node, int count) {
    var results = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      results.add(result(words, node, i));
    }
    return String.join(", ", results);
  }

  /** Result {@code index}, which is read. */
  String result(TaskWords words, Node node, int index) {
    return find(node, index)
        .map(id -> at(words, id))
        .orElseThrow(() -> new IllegalStateException("result %s of %s".formatted(index, node)));
  }

  /** Whether anything reads result {@code index}: the gradient of a constant, nothing does. */
  boolean isRead(Node node, int index) {
    return find(node, index).isPresent();
  }

  private Optional<ValueId> find(Node node, int index) {
    if (index == 0) {
      return Optional.of(node.id());
    }
    return plan.graph().nodes().stream()
        .filter(n -> n.op() instanceof Op.Part(int part) && part == index)
        .filter(n -> n.operand(0).equals(node.id()))
        .map(Node::id)
        .findFirst();
  }

  String at(TaskWords words, ValueId id) {
    Place place = plan.place(id);
    return words.operand(place);
  }

  /** The array that a value lies in. */
  String array(TaskWords words, ValueId id) {
    return words.array(plan.place(id));
  }

  /** Where a value begins in its array. */
  String from(TaskWords words, ValueId id) {
    return words.from(plan.place(id));
  }

  TensorType type(ValueId id) {
    return plan.graph().node(id).type();
  }

  private int columns(ValueId id) {
    return type(id).columns();
  }
}
