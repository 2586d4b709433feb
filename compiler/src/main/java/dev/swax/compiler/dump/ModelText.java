package dev.swax.compiler.dump;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.autodiff.Gradient;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.pass.Pipeline;
import dev.swax.compiler.plan.PlanPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** One model after any stage from {@link Stage#MODEL} on. */
public final class ModelText {
  private ModelText() {}

  /**
   * The text, ending in a line break.
   *
   * @param optimizer constants of the generated class
   */
  public static String of(Stage stage, Architecture model, OptimizerSettings optimizer) {
    return switch (stage) {
      case SYNTAX -> throw new IllegalArgumentException("a model has no syntax of its own");
      case MODEL -> ModelJson.render(model);
      case IR -> graphs(model, graph -> graph);
      case GRAD -> graphs(model, Gradient::of);
      case OPTIMIZED ->
          graphs(
              model,
              graph -> Pipeline.afterGradients(Gradient.of(Pipeline.beforeGradients(graph))));
      case PLAN -> PlanPrinter.print(Compiler.plan(model));
      case JAVA -> ProgramEmitter.emit(Compiler.plan(model), optimizer, Compiler.VERSION);
    };
  }

  /** The class that is generated for a device of TornadoVM. */
  public static String ofDevice(
      Architecture model, OptimizerSettings optimizer, Products products) {
    return DeviceProgramEmitter.emit(Compiler.plan(model), optimizer, products, Compiler.VERSION);
  }

  private static String graphs(Architecture model, UnaryOperator<Graph> step) {
    LoweredModel lowered = LowerModel.lower(model);
    var blocks = new ArrayList<Block>();
    blocks.add(lowered.embed());
    blocks.addAll(lowered.kinds());
    blocks.add(lowered.head());
    var text = new StringBuilder();
    text.append("layers ").append(layers(lowered)).append('\n');
    for (Block block : blocks) {
      text.append('\n').append("block ").append(block.name()).append('\n');
      for (Block.BlockParameter parameter : block.parameters()) {
        text.append(
            String.format(
                Locale.ROOT,
                "parameter %s [%d, %d] %s%s\n",
                parameter.name(),
                parameter.rows(),
                parameter.columns(),
                parameter.initializer(),
                parameter.decayed() ? " decayed" : ""));
      }
      text.append(step.apply(block.graph()));
    }
    return text.toString();
  }

  private static String layers(LoweredModel lowered) {
    List<String> names =
        lowered.order().stream().map(kind -> lowered.kinds().get(kind).name()).toList();
    return String.join(", ", names);
  }
}
