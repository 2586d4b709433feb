package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.Finite;
import dev.swax.runtime.checkpoint.ModelTensors;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.UpdateRule;
import dev.swax.runtime.rank.Ranks;
import java.util.List;

/**
 * One update from one batch: the gradient of the mean loss over all tokens of all micro-batches,
 * scaled down to the clipping norm where it is longer.
 */
final class OptimizerStep implements AutoCloseable {
  private final Recipe recipe;
  private final Program program;
  private final List<Parameter> parameters;
  private final Sequences sequences;
  private final Batch batch;
  private final List<UpdateRule> rules;
  private final Ranks ranks;
  private final int lanes;
  private final StepGradients gradients;
  private final StepTally tally;

  OptimizerStep(TrainingJob job, Sequences sequences) {
    this.recipe = job.recipe();
    this.program = job.training();
    this.parameters = program.parameters();
    this.sequences = sequences;
    if (program.batch() != recipe.microBatch() || program.time() != recipe.read()) {
      throw new IllegalArgumentException(
          "the program is for %d sequences of %d tokens, the recipe for %d of %d"
              .formatted(program.batch(), program.time(), recipe.microBatch(), recipe.read()));
    }
    this.batch = Batch.allocate(program.batch(), program.time(), recipe.lead());
    this.ranks = job.ranks();
    this.lanes = job.lanes();
    Together together = job.together();
    List<UpdateRule> all =
        recipe.optimizer().rules(parameters.stream().map(Parameter::spec).toList());
    this.tally = new StepTally(sequences, ranks, recipe.microBatches());
    if (together == null || lanes == 1) {
      this.gradients = new GradientsInOrder(program);
      this.rules = recipe.optimizer().isPlain() ? List.of() : all;
    } else {
      this.gradients = new GradientsInLanes(together, lanes / ranks.size());
      this.rules = all;
    }
    if (recipe.zLoss() > 0) {
      program.addZLoss(recipe.zLoss());
    }
  }

  /** Does step number {@code step}, counted from 1. */
  StepReport run(long step, Windows schedule) {
    long start = System.nanoTime();
    int[] windows = schedule.draw(step - 1);
    accumulate(windows);
    long targets = tally.targets();
    if (targets == 0) {
      throw new UserError(
          "step %d has no token to predict: every document has a single token".formatted(step),
          null);
    }
    double loss = tally.loss() / targets;
    double scale = (double) recipe.batchTokens() / targets;
    double norm = scale * Math.sqrt(gradients.sumOfSquares());
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw diverged(step, loss);
    }
    double rate = recipe.rate().at(step, recipe.steps());
    gradients.update(rules, rate, scale * clipping(norm), step);
    return new StepReport(
        step,
        loss,
        tally.zLoss() / targets,
        tally.means(),
        norm,
        rate,
        schedule.byName(windows),
        step * recipe.batchTokens(),
        recipe.batchTokens() * 1e9 / (System.nanoTime() - start),
        ResidentMemory.bytes());
  }

  /** The micro-batches of this process, lane by lane; those of others are passed over. */
  private void accumulate(int[] windows) {
    int own = lanes / ranks.size();
    int perLane = recipe.microBatches() / lanes;
    long ofOwn = (long) own * perLane * recipe.microBatch();
    // the number of targets is known only at the end, so gradients are of the sum over a full batch
    double partScale = 1.0 / recipe.batchTokens();
    tally.begin();
    sequences.skip(ofOwn * ranks.rank());
    for (int lane = 0; lane < own; lane++) {
      gradients.begin(lane);
      for (int i = 0; i < perLane; i++) {
        long targets = sequences.next(batch);
        double loss = program.accumulate(batch, windows, partScale);
        double zLoss = recipe.zLoss() > 0 ? program.zLoss() : 0;
        tally.add(batch, targets, loss, zLoss, program.losses());
      }
      gradients.end(lane);
    }
    sequences.skip(ofOwn * (ranks.size() - 1 - ranks.rank()));
    tally.share();
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

  @Override
  public void close() {
    tally.close();
    gradients.close();
  }
}
