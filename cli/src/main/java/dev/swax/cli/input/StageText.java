package dev.swax.cli.input;

import dev.swax.cli.Console;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.train.Recipes;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.dump.ModelText;
import dev.swax.compiler.dump.Stage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.syntax.SyntaxPrinter;
import dev.swax.runtime.train.AdamW;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.Recompute;
import org.jspecify.annotations.Nullable;

/** A file after any stage. */
public final class StageText {
  private StageText() {}

  /** The text of a stage. */
  public static String of(Stage stage, Input input, @Nullable String model, Console console) {
    if (stage == Stage.SYNTAX) {
      return SyntaxPrinter.print(input.parse());
    }
    Analysis analysis = input.analyze(console);
    Architecture chosen = Selection.model(analysis, input.file().name(), model);
    return ModelText.of(stage, chosen, optimizer(analysis), recompute(analysis));
  }

  /** The class that is generated for a device of TornadoVM. */
  public static String ofDevice(
      Input input, @Nullable String model, Products products, Console console) {
    Analysis analysis = input.analyze(console);
    Architecture chosen = Selection.model(analysis, input.file().name(), model);
    return ModelText.ofDevice(
        Selection.trainableOnDevice(chosen), optimizer(analysis), recompute(analysis), products);
  }

  /** The constants of the file's first train block, or those of a train block without any. */
  public static OptimizerSettings optimizer(Analysis analysis) {
    return analysis.trains().stream()
        .findFirst()
        .map(TrainPlan::recipe)
        .map(Recipe::optimizer)
        .map(StageText::settings)
        .orElseGet(() -> settings(Recipes.standardOptimizer()));
  }

  /** What the file's first train block computes again; nothing without any. */
  public static Recompute recompute(Analysis analysis) {
    return analysis.trains().stream()
        .findFirst()
        .map(TrainPlan::recipe)
        .map(Recipe::recompute)
        .orElse(Recompute.NONE);
  }

  /** The constants that a generated program carries. */
  public static OptimizerSettings settings(Optimizer optimizer) {
    AdamW adamw = optimizer.adamw();
    return new OptimizerSettings(
        adamw.beta1(), adamw.beta2(), adamw.epsilon(), adamw.decay(), optimizer.muon() != null);
  }
}
