package dev.swax.compiler.dump;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.lower.Block;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.PlanPrinter;
import dev.swax.runtime.train.Recompute;
import java.util.List;
import java.util.Locale;

/** One model after any stage from {@link Stage#MODEL} on. */
public final class ModelText {
  private ModelText() {}

  /**
   * The text, ending in a line break.
   *
   * @param optimizer constants of the generated class
   * @param recompute what its backward pass computes again
   */
  public static String of(
      Stage stage, Architecture model, OptimizerSettings optimizer, Recompute recompute) {
    return switch (stage) {
      case SYNTAX -> throw new IllegalArgumentException("a model has no syntax of its own");
      case MODEL -> ModelJson.render(model);
      case IR -> graphs(Lowering.of(model).ir());
      case SIMPLIFIED -> graphs(Lowering.of(model).simplified());
      case GRAD -> graphs(Lowering.of(model).grad());
      case OPTIMIZED -> graphs(Lowering.of(model).optimized());
      case PLAN -> PlanPrinter.print(Lowering.of(model).plan().with(recompute));
      case JAVA ->
          ProgramEmitter.emit(
              Lowering.of(model).plan().with(recompute), optimizer, Compiler.VERSION);
    };
  }

  /** The class that is generated for a device of TornadoVM. */
  public static String ofDevice(
      Architecture model, OptimizerSettings optimizer, Recompute recompute, Products products) {
    return DeviceProgramEmitter.emit(
        Lowering.of(model).plan().with(recompute), optimizer, products, Compiler.VERSION);
  }

  private static String graphs(LoweredModel lowered) {
    var text = new StringBuilder();
    text.append("layers ").append(layers(lowered)).append('\n');
    for (Block block : lowered.blocks()) {
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
      text.append(block.graph());
    }
    return text.toString();
  }

  private static String layers(LoweredModel lowered) {
    List<String> names =
        lowered.order().stream().map(kind -> lowered.kinds().get(kind).name()).toList();
    return String.join(", ", names);
  }
}
