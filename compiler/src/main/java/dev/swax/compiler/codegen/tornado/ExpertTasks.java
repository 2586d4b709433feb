package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.tornado.CallTasks.Call;
import dev.swax.compiler.codegen.tornado.CallTasks.Kernel;
import dev.swax.compiler.ir.ExpertOp;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.TensorType;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import java.util.ArrayList;
import java.util.List;

/** The tasks of what experts need. */
final class ExpertTasks {
  private static final ClassName CHOICE = DeviceNames.kernels("ChoiceKernels");
  private static final ClassName EXPERTS = DeviceNames.kernels("ExpertKernels");
  private static final ClassName GROUPS = DeviceNames.kernels("GroupKernels");

  private final CallTasks calls;
  private final BlockTasks block;
  private final Node node;

  ExpertTasks(CallTasks calls, BlockTasks block, Node node) {
    this.calls = calls;
    this.block = block;
    this.node = node;
  }

  List<Call> of(ExpertOp op) {
    TaskWords words = block.words();
    return switch (op) {
      case ExpertOp.Choose(var choice) -> choose(choice);
      case ExpertOp.Pick _ ->
          List.of(tokens(words, CHOICE, "pick", 2, columns(0), node.type().columns()));
      case ExpertOp.PickGradient(int experts) ->
          List.of(tokens(words, CHOICE, "pickGradient", 2, experts, columns(0)));
      case ExpertOp.Dispatch _ -> List.of(weighted(words, "dispatch", columns(0)));
      case ExpertOp.Combine _ -> List.of(weighted(words, "combine", node.type().columns()));
      case ExpertOp.SlotDots _ ->
          List.of(tokens(words, EXPERTS, "slotDots", 3, columns(2), columns(0)));
      case ExpertOp.MatMul m -> List.of(matmul(words, m));
      case ExpertOp.Rows _ -> List.of(ofSlots(words, "rows", 1, columns(0)));
      case ExpertOp.RowsGradient(int experts) ->
          List.of(ofSlots(words, "rowsGradient", 1, node.type().columns(), experts));
      case ExpertOp.Balance _ -> List.of(copy(words));
      case ExpertOp.BalanceGradient(double coefficient) -> balanceGradient((float) coefficient);
    };
  }

  private List<Call> choose(ChoiceShape choice) {
    var tasks = new ArrayList<Call>();
    boolean grouped = choice.activeGroups() < choice.groups();
    if (grouped) {
      block.needWorkspace(CodeBlock.of("(long) capacity * $L", choice.groups()));
      TaskWords groups = block.words();
      tasks.add(
          new Kernel(
              "groups",
              groups,
              CodeBlock.of(
                  "$T.groups(context, $L, $L, 0, $L, $L, $L)",
                  CHOICE,
                  calls.at(groups, node.operand(0)),
                  groups.array(DeviceArray.WORKSPACE),
                  groups.rows(),
                  choice.groups(),
                  choice.groupSize()),
              CodeBlock.of("$T.grid(capacity, $L)", GROUPS, choice.groups())));
    }
    TaskWords words = block.words();
    String scores = calls.at(words, node.operand(0));
    tasks.add(
        new Kernel(
            "",
            words,
            CodeBlock.of(
                "$T.choose(context, $L, $L, $L, $L, $L, $L, $L, $L)",
                CHOICE,
                scores,
                grouped ? words.array(DeviceArray.WORKSPACE) + ", 0" : scores,
                calls.at(words, node.id()),
                words.rows(),
                choice.experts(),
                choice.active(),
                choice.groups(),
                choice.activeGroups()),
            CodeBlock.of("$T.grid(capacity, 1)", GROUPS)));
    TaskWords sort = block.words();
    tasks.add(
        new Kernel(
            "sort",
            sort,
            CodeBlock.of(
                "$T.sort(context, $L, $L, $L)",
                CHOICE,
                calls.results(sort, node, 3),
                sort.rows() + " * " + choice.active(),
                choice.experts()),
            CodeBlock.of("$T.grid(1, $L)", GROUPS, choice.experts())));
    return tasks;
  }

  /** With the weights of slots, where there are any. */
  private Kernel weighted(TaskWords words, String name, int width) {
    boolean weighted = node.operands().size() == 3;
    String weights = calls.at(words, node.operand(weighted ? 2 : 1));
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.$L(context, $L, $L, $L, $L, $L, $L, $L)",
            EXPERTS,
            name,
            calls.operands(words, node, 2),
            weights,
            calls.at(words, node.id()),
            weighted ? 1 : 0,
            words.rows(),
            columns(1),
            width),
        grid());
  }

  private Kernel matmul(TaskWords words, ExpertOp.MatMul op) {
    TensorType weight = op.transposeLeft() ? node.type() : calls.type(node.operand(1));
    String kernel =
        op.transposeLeft() ? "transposedLeft" : op.transposeRight() ? "transposedRight" : "plain";
    int in = weight.rows() / op.experts();
    return kernel(words, EXPERTS, kernel, 3, slots(words, 2), op.experts(), in, weight.columns());
  }

  private Kernel copy(TaskWords words) {
    return kernel(words, GROUPS, "repeat", 1, words.rows(), 1, 1, columns(0));
  }

  private List<Call> balanceGradient(float coefficient) {
    int experts = node.type().columns();
    block.needWorkspace(CodeBlock.of("(long) $L", experts));
    TaskWords slopes = block.words();
    TaskWords words = block.words();
    return List.of(
        new Kernel(
            "slopes",
            slopes,
            CodeBlock.of(
                "$T.slopes(context, $L, $L, 0, $L, PREDICTED, $Lf, $L, $L, $L)",
                CHOICE,
                calls.at(slopes, node.operand(2)),
                slopes.array(DeviceArray.WORKSPACE),
                slopes.array(DeviceArray.SETTINGS),
                coefficient,
                slopes.rows(),
                experts,
                columns(2)),
            CodeBlock.of("$T.grid(1, $L)", GROUPS, experts)),
        new Kernel(
            "",
            words,
            CodeBlock.of(
                "$T.balanceGradient(context, $L, $L, 0, $L, $L, $L)",
                CHOICE,
                calls.operands(words, node, 2),
                words.array(DeviceArray.WORKSPACE),
                calls.at(words, node.id()),
                words.rows(),
                experts),
            CodeBlock.of("$T.grid(capacity, 1)", GROUPS)));
  }

  private Kernel tokens(TaskWords words, ClassName kernels, String name, int count, int a, int b) {
    return kernel(words, kernels, name, count, words.rows(), a, b);
  }

  private Kernel ofSlots(TaskWords words, String name, int owners, Object... sizes) {
    var all = new ArrayList<Object>(List.of(slots(words, owners)));
    all.addAll(List.of(sizes));
    return kernel(words, EXPERTS, name, 2, all.toArray());
  }

  private Kernel kernel(
      TaskWords words, ClassName kernels, String name, int count, Object... sizes) {
    var code = CodeBlock.builder();
    code.add(
        "$T.$L(context, $L, $L",
        kernels,
        name,
        calls.operands(words, node, count),
        calls.at(words, node.id()));
    for (Object size : sizes) {
      code.add(", $L", size);
    }
    return new Kernel(words, code.add(")").build(), grid());
  }

  /** A thread for each number of the result. */
  private CodeBlock grid() {
    TensorType type = node.type();
    return type.perToken()
        ? CodeBlock.of("$T.grid(capacity, $L)", GROUPS, type.columns())
        : CodeBlock.of("$T.grid($L, $L)", GROUPS, type.rows(), type.columns());
  }

  private String slots(TaskWords words, int operand) {
    return columns(operand) == 1 ? words.rows() : words.rows() + " * " + columns(operand);
  }

  private int columns(int operand) {
    return calls.type(node.operand(operand)).columns();
  }
}
