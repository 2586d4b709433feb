package dev.swax.cli.verify;

import dev.swax.cli.input.Input;
import dev.swax.cli.input.StageText;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.train.Optimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All checks of one model. */
public final class Verification {
  /**
   * By how much more than the rounding of a factor the largest error may be, where products are
   * rounded: the weights are random altogether, which is harder than those of a training. It was
   * 50.
   */
  private static final double ROUNDED_PRODUCTS = 100;

  private final Architecture model;
  private final Optimizer optimizer;
  private final long seed;

  private Verification(Architecture model, Optimizer optimizer, long seed) {
    this.model = model;
    this.optimizer = optimizer;
    this.seed = seed;
  }

  /**
   * Shrinks the model.
   *
   * @param analysis of the file that the model is of
   * @param seed of weights and texts
   */
  public static Verification of(
      Input input, Analysis analysis, Architecture original, Optimizer optimizer, long seed) {
    return new Verification(Shrink.shrink(input, analysis, original), optimizer, seed);
  }

  /** The copy that is checked. */
  public Architecture model() {
    return model;
  }

  /** Runs every check; all of them, whatever one says. */
  public List<Check> run(int threads) {
    OptimizerSettings settings = StageText.settings(optimizer);
    Subject subject = Subject.of(model, settings);
    var random = new SplittableRandom(seed);
    List<Check> checks = new ArrayList<>();
    try (Kernels kernels = Kernels.open(threads)) {
      GradientCheck.Maker maker =
          (parameters, sequences, time) ->
              subject.program().create(kernels, parameters, sequences, time, 0, true);
      checks.addAll(new GradientCheck(subject, maker, random.split(), 0).run());
      checks.addAll(new FormCheck(model, settings, kernels, random.split()).run());
    }
    checks.addAll(runs(subject, random.split()));
    return checks;
  }

  /**
   * Checks what a device of TornadoVM computes in training.
   *
   * @param captured whether the device records graphs of kernels and replays them
   */
  public List<Check> runOnDevice(Products products, boolean captured) {
    OptimizerSettings settings = StageText.settings(optimizer);
    Subject subject = Subject.of(model, settings);
    ModelPlan plan = subject.lowering().plan();
    CompiledDeviceModel code = Compiler.generateForDevice(plan, settings, products);
    GradientCheck.Maker maker =
        (parameters, sequences, time) -> {
          DeviceProgram program = code.create(parameters, sequences, time);
          program.start(captured, (_, _, _) -> {});
          return program;
        };
    double least = ROUNDED_PRODUCTS * products.rounding();
    return new GradientCheck(subject, maker, new SplittableRandom(seed), least).run();
  }

  private List<Check> runs(Subject subject, SplittableRandom random) {
    try {
      Path folder = Files.createTempDirectory("swax-verify-");
      try {
        return new RunCheck(subject, optimizer, random, folder).run();
      } finally {
        Disk.deleteTree(folder);
      }
    } catch (UncheckedIOException e) {
      throw unusable(Reasons.of(e));
    } catch (IOException e) {
      throw unusable(Reasons.of(e));
    }
  }

  private static UserError unusable(String reason) {
    return new UserError(
        "cannot use the folder for temporary files: " + reason,
        "`JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR` names another");
  }
}
