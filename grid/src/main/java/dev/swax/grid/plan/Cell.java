package dev.swax.grid.plan;

import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.runtime.Visible;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One piece of work of a grid, done by one process. */
public sealed interface Cell {
  Identity identity();

  /** The first 16 hexadecimal digits of the identity's hash: the name of its folder. */
  default String id() {
    return identity().hash().substring(0, 16);
  }

  /** Label of the first column that needs it. */
  String column();

  long seed();

  /** What it computes, without model and seed: {@code training}, or the label of a row. */
  String what();

  /** Operations that it takes. */
  double flops();

  /** Tokens that it goes through. */
  long tokens();

  /** Why it cannot be run here; null where it can. */
  @Nullable String obstacle();

  /** The command that it starts, for people; empty where it starts none. */
  default Optional<String> command() {
    return this instanceof Evaluation evaluation
            && evaluation.measure() instanceof GridMeasure.Score score
        ? score.task().command()
        : Optional.empty();
  }

  /** The training that it is or that it measures. */
  default Training trained() {
    return switch (this) {
      case Training training -> training;
      case Evaluation evaluation -> evaluation.training();
    };
  }

  /** As lists show it, in one line whatever its labels hold. */
  default String title() {
    return Visible.harmless("%s of %s, seed %s".formatted(what(), column(), seed()));
  }

  /** A model trained with one seed. */
  record Training(
      Identity identity,
      String column,
      TrainPlan plan,
      double flops,
      long tokens,
      @Nullable String obstacle)
      implements Cell {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Training cell && cell.identity.equals(identity);
    }

    @Override
    public int hashCode() {
      return identity.hashCode();
    }

    @Override
    public long seed() {
      return plan.recipe().seed();
    }

    @Override
    public String what() {
      return "training";
    }
  }

  /**
   * A trained model, measured.
   *
   * @param what label of the first row that needs it
   * @param windows keys of each window of the model, by name
   * @param cut what is taken out of the model
   */
  record Evaluation(
      Identity identity,
      String what,
      String column,
      Training training,
      GridMeasure measure,
      SequencedMap<String, Integer> windows,
      Cut cut,
      double flops,
      long tokens,
      @Nullable String obstacle)
      implements Cell {
    public Evaluation {
      windows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(windows));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Evaluation cell && cell.identity.equals(identity);
    }

    @Override
    public int hashCode() {
      return identity.hashCode();
    }

    @Override
    public long seed() {
      return training.seed();
    }
  }
}
