package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.CheckpointStore;
import dev.swax.runtime.checkpoint.TrainingState;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.rank.Ranks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Trains from the newest checkpoint of the run directory, or from the start if there is none. A
 * step depends only on the state before it. So a run that was killed and resumed ends with the same
 * bits as a run that was not.
 *
 * <p>The order within a step is: update, metrics, checkpoint if one is due, validation if one is
 * due. A validation that was interrupted is repeated when the run is resumed.
 *
 * <p>Where the recipe has a rule to stop, the step of the lowest validation so far is saved too,
 * and stays. A run that ends by the rule goes back to it.
 */
public final class Trainer {
  private final TrainingJob job;
  private final Recipe recipe;
  private final List<Parameter> parameters;
  private final Sequences sequences;
  private final Windows windows;
  private final CheckpointStore store;
  private final Reporter reporter;
  private final StopRequest request;
  private final Ranks ranks;
  private final Stalling stalling;
  private long saved = -1;

  public Trainer(TrainingJob job) {
    this.job = job;
    this.recipe = job.recipe();
    this.ranks = job.ranks();
    this.parameters = job.training().parameters();
    this.sequences = CarriedSequences.of(job.data(), recipe);
    this.windows = new Windows(recipe, job.training().windowNames());
    this.stalling = new Stalling(recipe.stop(), ranks);
    this.request = new StopRequest(job.run().path());
    this.store = job.run().checkpoints(recipe.saving().keep());
    this.reporter =
        ranks.leads()
            ? new Reporter(
                job.out(),
                job.terminal(),
                job.run().path().resolve(Reporter.FILE),
                recipe.steps(),
                recipe.batchTokens())
            : Reporter.silent();
  }

  /** Trains to the last step, or until asked to stop. */
  public Outcome run() {
    job.run().requireSameData(job.data());
    for (String name : job.run().changed(job.data())) {
      reporter.message(
          "%s has changed since the run began, so losses on it before and after cannot be compared"
              .formatted(name));
    }
    if (ranks.leads()) {
      store.removeLeftovers(reporter::message);
      request.remove();
    }
    Optional<EarlyEnd> before = stalling.before(job.run().manifest().ended());
    if (before.isPresent()) {
      return goBack(before.get());
    }
    long step = restore();
    try (Metrics metrics = metrics(step);
        OptimizerStep optimizerStep = new OptimizerStep(job, sequences)) {
      store.keepAlso(stalling.begin(metrics.validations(), store.steps(), reporter::message));
      Optional<Outcome> end = continued(step, metrics);
      while (end.isEmpty() && step < recipe.steps() && !ranks.any(isAskedToStop())) {
        step++;
        StepReport report = optimizerStep.run(step, windows);
        metrics.write(report, report.tokens() * job.flopsPerToken());
        reporter.step(report);
        if (step == recipe.steps() || isMultiple(step, recipe.saving().every())) {
          save(step, metrics);
        }
        if (step < recipe.steps() && isDue(step, metrics)) {
          end = measure(step, metrics);
        }
      }
      return end.isPresent() ? end.get() : finish(step, metrics);
    } finally {
      reporter.finishLine();
    }
  }

  /** What a process that was killed has left undone after a step; how training ends by that. */
  private Optional<Outcome> continued(long step, Metrics metrics) {
    if (step == 0 || step >= recipe.steps()) {
      return Optional.empty();
    }
    return isDue(step, metrics) ? measure(step, metrics) : stalled(step, metrics);
  }

  /** Validates between two steps; how training ends by that. */
  private Optional<Outcome> measure(long step, Metrics metrics) {
    Optional<Validation> validation = validate(step, metrics);
    if (validation.isEmpty()) {
      return Optional.empty();
    }
    if (stalling.isLowest(step, validation.get().loss())) {
      save(step, metrics);
      store.keepAlso(step);
    }
    return isGoodEnough(validation.get())
        ? Optional.of(end(step, metrics, validation.get()))
        : stalled(step, metrics);
  }

  private Optional<Outcome> stalled(long step, Metrics metrics) {
    Optional<EarlyEnd> end = stalling.end(step);
    if (end.isPresent()) {
      metrics.sync();
    }
    return end.map(this::goBack);
  }

  /** To the weights of the lowest validation. Until they are read, nothing is removed. */
  private Outcome goBack(EarlyEnd end) {
    readWeights(end.best());
    if (ranks.leads()) {
      job.run().end(end);
      store.removeAfter(end.best(), reporter::message);
    }
    job.training().parametersChanged();
    Optional<Validation> validation = score(end.best());
    validation.ifPresent(lowest -> reporter.validation(end.best(), lowest));
    reporter.message(
        "%s; `swax resume %s --set train.stop=none` trains on from there"
            .formatted(end.describe(), job.run().path()));
    return new Outcome(validation.isEmpty(), end.step(), validation.orElse(null));
  }

  private void readWeights(long best) {
    Optional<String> fault = store.reader().restoreWeights(best, parameters);
    if (ranks.any(fault.isPresent())) {
      throw new UserError(
          "the checkpoint of step %d, which had the lowest validation of %s, cannot be used: %s"
              .formatted(best, job.run().path(), fault.orElse("another process cannot read it")),
          "`swax resume %s --set train.stop=none` trains on from the newest that can"
              .formatted(job.run().path()));
    }
  }

  /** Those of the process that leads; others know only what has been validated. */
  private Metrics metrics(long step) {
    if (ranks.leads()) {
      Path file = job.run().path().resolve(Metrics.FILE);
      Metrics metrics = Metrics.open(file, step, reporter::message);
      ranks.fromLeader(metrics.validatedStep());
      if (job.session().events()) {
        metrics.copyTo(EventFile.create(job.run().path().resolve(EventFile.FOLDER), step));
      }
      return metrics;
    }
    return Metrics.silent(ranks.fromLeader(0));
  }

  private boolean isAskedToStop() {
    return job.stop().getAsBoolean() || (ranks.leads() && request.getAsBoolean());
  }

  private boolean isGoodEnough(Validation validation) {
    return validation.loss() <= job.session().untilLoss();
  }

  /** Before its last step, but with all that an end has. */
  private Outcome end(long step, Metrics metrics, Validation validation) {
    save(step, metrics);
    reporter.message(
        "the wanted loss is reached after step %d of %d; `swax resume %s` goes on"
            .formatted(step, recipe.steps(), job.run().path()));
    return new Outcome(false, step, validation);
  }

  private Outcome finish(long step, Metrics metrics) {
    if (step < recipe.steps()) {
      save(step, metrics);
      if (ranks.leads()) {
        request.remove();
      }
      reporter.message(
          "stopped after step %d of %d; `swax resume %s` continues"
              .formatted(step, recipe.steps(), job.run().path()));
      return new Outcome(true, step, null);
    }
    Optional<Validation> validation = validate(step, metrics);
    return new Outcome(validation.isEmpty(), step, validation.orElse(null));
  }

  /** Sets parameters and positions, and returns the number of steps done. */
  private long restore() {
    Optional<TrainingState> state = store.reader().restore(parameters, true, reporter::message);
    long found = state.map(TrainingState::step).orElse(SameCheckpoint.NONE);
    SameCheckpoint.require(ranks, found, job.run().path());
    if (state.isEmpty()) {
      sequences.notes().forEach(reporter::message);
      if (job.run().isContinued()) {
        reporter.message(
            "%s has no checkpoint: starting at the beginning, %d steps"
                .formatted(job.run().path(), recipe.steps()));
      }
      if (recipe.weights() == null) {
        Initialization.initialize(parameters, recipe.seed());
      } else {
        recipe.weights().fill(parameters, reporter::message);
      }
      job.training().parametersChanged();
      return 0;
    }
    job.training().parametersChanged();
    sequences.seek(state.get().position("data"));
    windows.stream().seek(state.get().position("window"));
    saved = state.get().step();
    reporter.message("continuing after step %d of %d".formatted(saved, recipe.steps()));
    return saved;
  }

  private void save(long step, Metrics metrics) {
    if (saved == step) {
      return;
    }
    job.training().refreshParameters();
    metrics.sync();
    SequencedMap<String, Long> positions = new LinkedHashMap<>();
    positions.put("data", sequences.position());
    positions.put("window", windows.stream().position());
    var state = new TrainingState(step, positions);
    store.save(state, parameters, ranks, reporter::message);
    saved = step;
  }

  private Optional<Validation> score(long step) {
    job.training().refreshParameters();
    return Validation.of(
        job.data(),
        job.evaluation(),
        recipe,
        windows.test(),
        job.stop(),
        reporter.validating(step),
        ranks);
  }

  private Optional<Validation> validate(long step, Metrics metrics) {
    Optional<Validation> validation = score(step);
    validation.ifPresent(found -> {
      reporter.validation(step, found);
      if (metrics.validatedStep() != step) {
        SequencedMap<String, Double> pathways = probe();
        metrics.writeValidation(step, found, pathways);
        reporter.pathways(step, pathways);
      }
    });
    return validation;
  }

  private SequencedMap<String, Double> probe() {
    Probe probe = job.probe();
    return probe == null || !ranks.leads() ? new LinkedHashMap<>() : probe.measure();
  }

  private boolean isDue(long step, Metrics metrics) {
    return isMultiple(step, recipe.validating().every()) && metrics.validatedStep() != step;
  }

  private static boolean isMultiple(long step, long every) {
    return every > 0 && step % every == 0;
  }
}
