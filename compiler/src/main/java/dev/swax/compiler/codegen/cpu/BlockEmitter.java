package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.GraphPlan;
import dev.swax.compiler.plan.RowKernel;
import dev.swax.compiler.plan.RowLevels;
import dev.swax.compiler.plan.Step;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Prints a block: its forward and backward method, and their row kernels. */
final class BlockEmitter {
  private final BlockPlan plan;
  private final Context context;
  private final Constants constants;

  BlockEmitter(BlockPlan plan, Context context, Constants constants) {
    this.plan = plan;
    this.context = context;
    this.constants = constants;
  }

  void emit(TypeSpec.Builder type) {
    type.addMethod(method("forward", steps(plan.forward(), plan.forward().steps())));
    kernels(type, plan.forward());
    type.addMethod(method("backward", again(), steps(plan.backward(), plan.backward().steps())));
    kernels(type, plan.backward());
  }

  private MethodSpec method(String direction, CodeBlock... steps) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(context.method(direction)).addModifiers(Modifier.PRIVATE);
    if (context.kind()) {
      method.addParameter(int.class, "layer").addStatement("this.layer = layer");
    }
    for (CodeBlock part : steps) {
      method.addCode(part);
    }
    return method.build();
  }

  /** What the forward pass has not kept. */
  private CodeBlock again() {
    return plan.again().isEmpty()
        ? CodeBlock.of("")
        : CodeBlock.builder()
            .add("// Once more, since the forward pass has not kept it:\n")
            .add(steps(plan.forward(), plan.again()))
            .add("// The gradients:\n")
            .build();
  }

  private CodeBlock steps(GraphPlan graph, List<Step> steps) {
    var calls = new CallEmitter(graph, context, constants);
    var code = CodeBlock.builder();
    for (Step step : steps) {
      switch (step) {
        case Step.Call(Node node) -> code.add(comment(graph, node)).add(calls.emit(node));
        case Step.Fused(RowKernel kernel) -> code.add(fused(graph, kernel));
      }
    }
    return code.build();
  }

  private void kernels(TypeSpec.Builder type, GraphPlan graph) {
    for (Step step : graph.steps()) {
      if (step instanceof Step.Fused(RowKernel kernel)) {
        new RowKernelEmitter(graph, context, kernel).emit().forEach(type::addMethod);
      }
    }
  }

  /** {@code // q = matmul x, weights memory.q models.swax:12}. */
  private static CodeBlock comment(GraphPlan graph, Node node) {
    return CodeBlock.of(
        "// $L = $L$L\n",
        Comments.result(graph.graph(), node),
        Comments.call(graph.graph(), node),
        Comments.origin("    ", node));
  }

  private CodeBlock fused(GraphPlan graph, RowKernel kernel) {
    var code = CodeBlock.builder();
    code.add("// $L\n", Comments.kernel(graph.graph(), kernel));
    code.addStatement("kernels.rows($L, $L)", context.rows(), context.task(kernel.name()));
    List<Node> sums = new RowLevels(graph.graph(), kernel).rowSums();
    for (int i = 0; i < sums.size(); i++) {
      code.addStatement(
          "kernels.addParts(partials[$L], kernels.rowParts($L), $L, $L)",
          i,
          context.rows(),
          sums.get(i).type().columns(),
          context.tensor(graph.place(sums.get(i).id())));
    }
    return code.build();
  }

  /** Nodes of one op, in order: attention layers need caches, memories need states. */
  static List<Node> nodes(GraphPlan graph, Class<? extends Op> op) {
    return graph.graph().nodes().stream().filter(n -> op.isInstance(n.op())).toList();
  }
}
