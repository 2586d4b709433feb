package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.Finite;
import dev.swax.runtime.checkpoint.ModelTensors;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.UpdateRule;
import java.util.List;

/**
 * One update from one batch: the gradient of the mean loss over all tokens of all micro-batches,
 * scaled down to the clipping norm where it is longer.
 */
final class OptimizerStep {
  private final Recipe recipe;
  private final Program program;
  private final List<Parameter> parameters;
  private final Sequences sequences;
  private final Batch batch;
  private final List<UpdateRule> rules;
  private final SourceLosses sourceLosses;

  OptimizerStep(TrainingJob job, Sequences sequences) {
    this.recipe = job.recipe();
    this.program = job.training();
    this.parameters = program.parameters();
    this.sequences = sequences;
    if (program.batch() != recipe.microBatch() || program.time() != recipe.sequence()) {
      throw new IllegalArgumentException(
          "the program is for %d sequences of %d tokens, the recipe for %d of %d"
              .formatted(program.batch(), program.time(), recipe.microBatch(), recipe.sequence()));
    }
    this.batch = Batch.allocate(program.batch(), program.time());
    this.sourceLosses = new SourceLosses(sequences);
    this.rules =
        recipe.optimizer().isPlain()
            ? List.of()
            : recipe.optimizer().rules(parameters.stream().map(Parameter::spec).toList());
    if (recipe.zLoss() > 0) {
      program.addZLoss(recipe.zLoss());
    }
  }

  /** Does step number {@code step}, counted from 1. */
  StepReport run(long step, Windows schedule) {
    long start = System.nanoTime();
    int[] windows = schedule.draw(step - 1);
    program.clearGradients();
    double sum = 0;
    double zSum = 0;
    sourceLosses.begin();
    long targets = 0;
    // the number of targets is known only at the end, so gradients are of the sum over a full batch
    double partScale = 1.0 / recipe.batchTokens();
    for (int i = 0; i < recipe.microBatches(); i++) {
      targets += sequences.next(batch);
      sum += program.accumulate(batch, windows, partScale);
      sourceLosses.add(batch, program.losses());
      zSum += recipe.zLoss() > 0 ? program.zLoss() : 0;
    }
    if (targets == 0) {
      throw new UserError(
          "step %d has no token to predict: every document has a single token".formatted(step),
          null);
    }
    double loss = sum / targets;
    double scale = (double) recipe.batchTokens() / targets;
    double norm = scale * Math.sqrt(program.sumOfGradientSquares());
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw diverged(step, loss);
    }
    double rate = recipe.rate().at(step, recipe.steps());
    update(rate, scale * clipping(norm), step);
    return new StepReport(
        step,
        loss,
        zSum / targets,
        sourceLosses.means(),
        norm,
        rate,
        schedule.byName(windows),
        step * recipe.batchTokens(),
        recipe.batchTokens() * 1e9 / (System.nanoTime() - start),
        ResidentMemory.bytes());
  }

  private void update(double rate, double scale, long step) {
    if (rules.isEmpty()) {
      program.update(rate, scale, step);
    } else {
      program.update(rules, rate, scale, step);
    }
  }

  private double clipping(double norm) {
    double clip = recipe.optimizer().adamw().clip();
    return clip > 0 && norm > clip ? clip / norm : 1;
  }

  /** A weight that is not finite explains all the rest; else the first such gradient. */
  private UserError diverged(long step, double loss) {
    program.refreshParameters();
    String where =
        Finite.describeBad(ModelTensors.weights(parameters))
            .map(bad -> "weight " + bad)
            .or(() ->
                Finite.describeBad(ModelTensors.gradients(parameters))
                    .map(bad -> "the gradient of " + bad))
            .orElse("each weight and gradient is finite, but the sum of their squares is not");
    return new UserError(
        "training failed at step %d: the loss is %s; %s".formatted(step, loss, where),
        "lower the peak of the learning rate or lengthen its warmup; earlier checkpoints are kept");
  }
}
