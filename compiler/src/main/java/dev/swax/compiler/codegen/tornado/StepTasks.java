package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.ir.Node;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.kernel.step.StepValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of a recurrence of any form: a thread walks the heads of a sequence that read each
 * other, token after token. Back, it walks forward once and keeps the states at the borders of
 * segments; then, from the last segment on, forward through the segment and back.
 */
final class StepTasks implements RecurrenceTasks {
  private static final ClassName KERNELS = DeviceNames.kernels("StepKernels");
  private static final ClassName ROWS = DeviceNames.kernels("RowKernels");

  private final CallTasks calls;
  private final BlockTasks block;
  private final Node node;
  private final StepShape shape;
  private final boolean apart;
  private final int parts;
  private final int fixed;
  private final int stateLength;

  /** Numbers of the parameters before one. */
  private final Map<String, Integer> before = new LinkedHashMap<>();

  StepTasks(CallTasks calls, BlockTasks block, Node node, StepShape shape) {
    this.calls = calls;
    this.block = block;
    this.node = node;
    this.shape = shape;
    apart = StepSlots.isApart(shape);
    parts = apart ? shape.heads() : 1;
    var slots = new StepSlots(shape, calls, block.words(), node);
    fixed = slots.fixed();
    stateLength = slots.stateLength();
    int sum = 0;
    for (String parameter : shape.parameters()) {
      before.put(parameter, sum);
      sum += length(parameter);
    }
    block.needWorkspace(
        CodeBlock.of(
            "$T.workspace(batch, time, $L, $L, $L, $L)", KERNELS, parts, fixed, stateLength, sum));
  }

  private int length(String parameter) {
    return shape.step().value(parameter).length(shape.heads());
  }

  @Override
  public List<CallTasks.Call> forward() {
    TaskWords words = block.words();
    var slots = new StepSlots(shape, calls, words, node);
    var out = CodeBlock.builder();
    var code = new StepCode(out, slots, shape.heads(), apart);
    begin(out, words);
    code.clear(state(slots), stateLength);
    out.beginControlFlow("for (int t = 0; t < $L; t++)", words.word(ControlWord.TIME));
    beginToken(out, words, code, state(slots));
    step(code, slots);
    String y = calls.array(words, node.id());
    code.write("step ", shape.step(), StepShape.RESULT, y, calls.from(words, node.id()));
    advance(code, slots);
    out.endControlFlow();
    out.endControlFlow();
    return List.of(walk("forward", words, out));
  }

  @Override
  public List<CallTasks.Call> backward() {
    TaskWords words = block.words();
    var slots = new StepSlots(shape, calls, words, node);
    var out = CodeBlock.builder();
    var code = new StepCode(out, slots, shape.heads(), apart);
    begin(out, words);
    out.addStatement("int segment = $T.segment($L)", KERNELS, words.word(ControlWord.TIME));
    out.addStatement(
        "int sums = $T.sums($L, $L, $L, $L, $L)",
        KERNELS,
        words.rows(),
        words.word(ControlWord.TIME),
        parts,
        fixed,
        stateLength);
    clearSums(out);
    code.clear(state(slots), stateLength);
    out.beginControlFlow("for (int t = 0; t < $L; t++)", words.word(ControlWord.TIME));
    out.beginControlFlow("if (t % segment == 0)");
    code.move(state(slots), fixed + " + t / segment * " + stateLength, stateLength);
    out.endControlFlow();
    beginToken(out, words, code, state(slots));
    step(code, slots);
    advance(code, slots);
    out.endControlFlow();
    code.clear(slope(slots), stateLength);
    out.addStatement("int last = ($L - 1) / segment", words.word(ControlWord.TIME));
    out.beginControlFlow("for (int s = last; s >= 0; s--)");
    segment(out, words, code, slots);
    out.endControlFlow();
    out.endControlFlow();
    List<CallTasks.Call> tasks = new ArrayList<>();
    tasks.add(walk("backward", words, out));
    for (String parameter : shape.parameters()) {
      if (calls.isRead(node, shape.operands().indexOf(parameter))) {
        tasks.add(sum(parameter));
      }
    }
    return tasks;
  }

  /** Forward through a segment, keeping every state, and back. */
  private void segment(CodeBlock.Builder out, TaskWords words, StepCode code, StepSlots slots) {
    String inside = fixed + " + (segment + t - from) * " + stateLength;
    out.addStatement("int from = s * segment");
    out.addStatement(
        "int to = from + segment < $1L ? from + segment : $1L", words.word(ControlWord.TIME));
    code.move(fixed + " + s * " + stateLength, state(slots), stateLength);
    out.beginControlFlow("for (int t = from; t < to; t++)");
    beginToken(out, words, code, state(slots));
    code.move(state(slots), inside, stateLength);
    step(code, slots);
    advance(code, slots);
    out.endControlFlow();
    out.beginControlFlow("for (int t = to - 1; t >= from; t--)");
    code.move(inside, state(slots), stateLength);
    out.addStatement("int row = sequence * $L + t", words.word(ControlWord.TIME));
    code.run("gradient ", shape.gradient(), this::sums);
    for (StepValue operand : shape.step().values(StepValue.Kind.OPERAND)) {
      int at = shape.operands().indexOf(operand.name());
      if (calls.isRead(node, at)) {
        String[] place = calls.result(words, node, at).split(", ", 2);
        code.write("gradient ", shape.gradient(), "d:" + operand.name(), place[0], place[1]);
      }
    }
    for (String state : shape.states()) {
      code.copy("gradient ", shape.gradient(), "d:" + state, slot(slots, "next ", state));
    }
    code.move(next(slots), slope(slots), stateLength);
    out.beginControlFlow("if (t > 0 && $L.get(row) == t)", words.array(DeviceArray.FIRST_KEYS));
    code.clear(slope(slots), stateLength);
    out.endControlFlow();
    out.endControlFlow();
  }

  private void begin(CodeBlock.Builder out, TaskWords words) {
    words.array(DeviceArray.WORKSPACE);
    out.addStatement("int part = context.globalIdx");
    out.addStatement(
        "int total = $T.sequences($L, $L) * $L",
        KERNELS,
        words.rows(),
        words.word(ControlWord.TIME),
        parts);
    out.beginControlFlow("if (part < total)");
    out.addStatement("int sequence = part / $L", parts);
    if (apart) {
      out.addStatement("int head = part % $L", parts);
    }
  }

  /** The row of a token; empties the states where a document begins. */
  private void beginToken(CodeBlock.Builder out, TaskWords words, StepCode code, String states) {
    out.addStatement("int row = sequence * $L + t", words.word(ControlWord.TIME));
    out.beginControlFlow("if (t > 0 && $L.get(row) == t)", words.array(DeviceArray.FIRST_KEYS));
    code.clear(states, stateLength);
    out.endControlFlow();
  }

  private void step(StepCode code, StepSlots slots) {
    code.run("step ", shape.step(), this::sums);
    for (String state : shape.states()) {
      code.copy("step ", shape.step(), state + "'", slot(slots, "next ", state));
    }
  }

  private void advance(StepCode code, StepSlots slots) {
    code.move(next(slots), state(slots), stateLength);
  }

  private String state(StepSlots slots) {
    return slot(slots, "state ", shape.states().getFirst());
  }

  private String next(StepSlots slots) {
    return slot(slots, "next ", shape.states().getFirst());
  }

  private String slope(StepSlots slots) {
    return slot(slots, "slope ", shape.states().getFirst());
  }

  private static String slot(StepSlots slots, String kind, String state) {
    return Integer.toString(slots.slot(kind + state));
  }

  /** Where the sum of a parameter's gradient begins that a thread adds to. */
  private String sums(StepValue gradient) {
    String parameter = gradient.name().substring("d:".length());
    return "sums + %s + sequence * %s".formatted(sumOf(parameter), length(parameter));
  }

  /** Numbers before the sums of a parameter. */
  private String sumOf(String parameter) {
    return "%s * (total / %s)".formatted(before.get(parameter), parts);
  }

  private void clearSums(CodeBlock.Builder out) {
    for (String parameter : shape.parameters()) {
      int own = length(parameter) / parts;
      out.beginControlFlow("for (int i = 0; i < $L; i++)", own);
      out.addStatement(
          "workspace.set(sums + $L + sequence * $L + $L + i, 0f)",
          sumOf(parameter),
          length(parameter),
          apart ? "head * " + own : "0");
      out.endControlFlow();
    }
  }

  private CallTasks.Call walk(String step, TaskWords words, CodeBlock.Builder out) {
    CodeBlock grid = CodeBlock.of("$T.grid(batch, $L)", KERNELS, parts);
    return new CallTasks.Statements(step, words, out.build(), grid);
  }

  /** Adds the sums of all sequences to the gradient of a parameter. */
  private CallTasks.Call sum(String parameter) {
    TaskWords words = block.words();
    String rows = words.rows();
    String time = words.word(ControlWord.TIME);
    CodeBlock sequences = CodeBlock.of("$T.sequences($L, $L)", KERNELS, rows, time);
    return new CallTasks.Kernel(
        "sum",
        words,
        CodeBlock.of(
            "$T.addParts(context, $L, $T.sums($L, $L, $L, $L, $L) + $L * $L, $L, $L, $L, 1)",
            ROWS,
            words.array(DeviceArray.WORKSPACE),
            KERNELS,
            rows,
            time,
            parts,
            fixed,
            stateLength,
            before.get(parameter),
            sequences,
            sequences,
            length(parameter),
            calls.result(words, node, shape.operands().indexOf(parameter))),
        CodeBlock.of("$T.grid($L)", ROWS, length(parameter)));
  }
}
