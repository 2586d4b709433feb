package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.SourceText;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.Place;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import dev.swax.compiler.plan.Step;
import dev.swax.runtime.kernel.rope.Rotation;
import java.util.ArrayList;
import java.util.List;

/** The tasks of one pass over a block, in the order of its plan. */
final class BlockTasks {
  private final ModelTasks model;
  private final BlockLayout layout;
  private final LayerReads reads;
  private final GraphPlan plan;
  private final List<DeviceTask> tasks = new ArrayList<>();

  BlockTasks(ModelTasks model, BlockLayout layout, LayerReads reads, GraphPlan plan) {
    this.model = model;
    this.layout = layout;
    this.reads = reads;
    this.plan = plan;
  }

  /** All tasks; {@code pass} begins their names. */
  List<DeviceTask> of(String pass) {
    return of(pass, plan.steps());
  }

  /** The tasks of some steps. */
  List<DeviceTask> of(String pass, List<Step> steps) {
    for (Step step : steps) {
      switch (step) {
        case Step.Call(Node node) -> call(pass, node);
        case Step.Fused(RowKernel kernel) -> fused(kernel);
      }
    }
    return tasks;
  }

  /**
   * The tasks of a forward pass. What later layers read begins with a gradient of zero; they add to
   * it.
   */
  List<DeviceTask> ofForward(String pass, Block block) {
    of(pass);
    block.exports().forEach((name, columns) -> clearGradient(pass, name, columns));
    return tasks;
  }

  private void clearGradient(String pass, String name, int columns) {
    TaskWords words = words();
    String from = words.from(new Place.ExportGradient(name));
    CodeBlock call =
        CodeBlock.of(
            "$T.clear(context, $L, $L, $L + $L * $L)",
            DeviceNames.kernels("OptimizerKernels"),
            words.array(DeviceArray.KEPT),
            from,
            from,
            columns,
            words.rows());
    tasks.add(
        new KernelTask(
            model.taskName(pass + "_clear"),
            "The gradient of %s, zero.".formatted(SourceText.of(name)),
            words.arrays(),
            CodeBlock.builder().add(words.declarations()).addStatement("$L", call).build(),
            CodeBlock.of(
                "$T.grid(capacity * $L)", DeviceNames.kernels("OptimizerKernels"), columns)));
  }

  private void call(String pass, Node node) {
    String comment =
        "%s = %s%s."
            .formatted(
                Comments.result(plan.graph(), node),
                Comments.call(plan.graph(), node),
                Comments.origin(", from ", node));
    for (CallTasks.Call call : new CallTasks(plan, this).of(node)) {
      String name = model.taskName(String.join("_", pass, Comments.label(node), call.step()));
      tasks.add(
          switch (call) {
            case CallTasks.Kernel(_, var words, var code, var grid) ->
                new KernelTask(name, comment, words.arrays(), body(words, "$L", code), grid);
            case CallTasks.Statements(_, var words, var code, var grid) -> {
              CodeBlock body = CodeBlock.builder().add(words.declarations()).add(code).build();
              yield new KernelTask(name, comment, words.arrays(), body, grid);
            }
            case CallTasks.Library(_, var words, var code, var precision, var a, var b, var c) ->
                new ProductTask(name, comment, body(words, "return $L", code), precision, a, b, c);
          });
    }
  }

  private static CodeBlock body(TaskWords words, String statement, CodeBlock code) {
    return CodeBlock.builder().add(words.declarations()).addStatement(statement, code).build();
  }

  private void fused(RowKernel kernel) {
    TaskWords words = words();
    CodeBlock body = new RowTaskEmitter(plan, kernel, words).emit();
    tasks.add(
        new KernelTask(
            model.taskName(kernel.name()),
            Comments.kernel(plan.graph(), kernel),
            words.arrays(),
            body,
            CodeBlock.of("parts()")));
    List<Node> sums = new RowLevels(plan.graph(), kernel, false).rowSums();
    model.needPartials(sums.stream().mapToInt(s -> s.type().columns()).sum());
    for (int i = 0; i < sums.size(); i++) {
      addParts(kernel, sums, i);
    }
  }

  private void addParts(RowKernel kernel, List<Node> sums, int index) {
    TaskWords words = words();
    Node sum = sums.get(index);
    int columns = sum.type().columns();
    Place target = plan.place(sum.id());
    CodeBlock call =
        CodeBlock.of(
            "$T.addParts(context, $L, $L, $L, $L, $L, 1)",
            DeviceNames.kernels("RowKernels"),
            words.array(DeviceArray.PARTIALS),
            RowTaskEmitter.partialFrom(sums, index, words),
            words.word(ControlWord.PARTS),
            columns,
            words.operand(target));
    tasks.add(
        new KernelTask(
            model.taskName(kernel.name() + "_sum"),
            Comments.result(plan.graph(), sum) + ", the parts of all work-groups.",
            words.arrays(),
            CodeBlock.builder().add(words.declarations()).addStatement("$L", call).build(),
            CodeBlock.of("$T.grid($L)", DeviceNames.kernels("RowKernels"), columns)));
  }

  /** Words for a new task of this block. */
  TaskWords words() {
    return new TaskWords(layout, model.embedding(), reads, model.constants());
  }

  /** Where a table of angles begins. */
  String angles(TaskWords words, Rotation rotation) {
    int columns = model.columnsBefore(rotation);
    return columns == 0 ? "0" : columns + " * " + words.word(ControlWord.LONGEST);
  }

  /** How many tokens there are. */
  int vocabulary() {
    return model.plan().model().architecture().vocabulary();
  }

  /** What multiplies matrices. */
  Products products() {
    return model.products();
  }

  void needHalves(CodeBlock elements) {
    model.halves().add(elements);
  }

  void needWorkspace(CodeBlock floats) {
    model.workspace().add(floats);
  }
}
