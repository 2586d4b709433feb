package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.schedule.LearningRate;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a training run apart from model and text, resolved.
 *
 * @param steps optimizer steps
 * @param seed of every random stream
 * @param zLoss what the squared logarithm of the sum of a token's exponentials counts beside its
 *     loss; 0: nothing
 * @param windows by the name of the model's window; windows of one batch share one draw
 * @param testWindows used for validation and generation, by name
 * @param weights what it begins with, or null for weights that are drawn
 * @param carry the share of sequences that begin with the state that another one left
 * @param recompute what the backward pass computes again instead of keeping it
 * @param stop when it ends before its last step; null: it does not
 */
public record Recipe(
    Batches batches,
    long steps,
    long seed,
    LearningRate rate,
    Optimizer optimizer,
    double zLoss,
    SequencedMap<String, WindowSchedule> windows,
    SequencedMap<String, Integer> testWindows,
    DocumentBorders borders,
    Validating validating,
    Saving saving,
    Sample sample,
    @Nullable StartWeights weights,
    double carry,
    Recompute recompute,
    @Nullable EarlyStop stop) {
  /**
   * One whose sequences begin with the empty state, that keeps what it needs, and that ends with
   * its last step.
   */
  public Recipe(
      Batches batches,
      long steps,
      long seed,
      LearningRate rate,
      Optimizer optimizer,
      double zLoss,
      SequencedMap<String, WindowSchedule> windows,
      SequencedMap<String, Integer> testWindows,
      DocumentBorders borders,
      Validating validating,
      Saving saving,
      Sample sample,
      @Nullable StartWeights weights) {
    this(
        batches,
        steps,
        seed,
        rate,
        optimizer,
        zLoss,
        windows,
        testWindows,
        borders,
        validating,
        saving,
        sample,
        weights,
        0,
        Recompute.NONE,
        null);
  }

  /**
   * When validation text is scored.
   *
   * @param every steps; 0: only at the end
   * @param tokens at most so many are scored; 0: all
   * @param pathways of how many recent keys the share of attention is measured with it, and norms
   *     of states; 0: neither
   */
  public record Validating(long every, long tokens, int pathways) {
    /** Losses only. */
    public Validating(long every, long tokens) {
      this(every, tokens, 0);
    }
  }

  /**
   * When checkpoints are written.
   *
   * @param every steps; 0: only at the end and when stopped
   * @param keep how many of the newest stay
   */
  public record Saving(long every, int keep) {}

  /** The text that is generated after training. */
  public record Sample(String prompt, int length, Sampling sampling) {}

  public Recipe {
    windows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(windows));
    testWindows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(testWindows));
    requirePositive("steps", steps);
  }

  static void requirePositive(String what, long count) {
    if (count < 1) {
      throw new UserError(
          "the run has %d %s, but at least 1 is needed".formatted(count, what), null);
    }
  }

  /** Tokens of one training sequence. */
  public int sequence() {
    return batches.sequence();
  }

  /** Tokens of a sequence that only leave a state behind, before its own. */
  public int lead() {
    return carry > 0 ? sequence() : 0;
  }

  /** Tokens of one sequence as the program reads it. */
  public int read() {
    return lead() + sequence();
  }

  /** The same with another seed. */
  Recipe withSeed(long other) {
    return new Recipe(
        batches,
        steps,
        other,
        rate,
        optimizer,
        zLoss,
        windows,
        testWindows,
        borders,
        validating,
        saving,
        sample,
        weights,
        carry,
        recompute,
        stop);
  }

  /** Tokens of one optimizer step. */
  public int batchTokens() {
    return batches.tokens();
  }

  /** Sequences of one call of the program. */
  public int microBatch() {
    return batches.micro();
  }

  /** Calls of the program for one optimizer step. */
  public int microBatches() {
    return batches.count();
  }

  /** In which the micro-batches of a step are summed. */
  public int lanes() {
    return batches.lanes();
  }

  /** Why a run that begins now cannot be, whatever its data; empty where it can. */
  public Optional<UserError> obstacle() {
    return weights == null ? Optional.empty() : weights.obstacle();
  }

  /** Every value as text, by path, in a fixed order: the lines of config.txt. */
  public SequencedMap<String, String> describe() {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("train.seq", sequence() + " tok");
    lines.put("train.batch", batchTokens() + " tok");
    lines.put("train.micro_batch", Integer.toString(microBatch()));
    if (lanes() > 1) {
      lines.put("train.lanes", Integer.toString(lanes()));
    }
    lines.put("train.steps", steps + " step");
    lines.put("train.seed", Long.toString(seed));
    if (weights != null) {
      lines.put("train.weights", weights.describe());
    }
    lines.put("train.lr", rate.describe());
    lines.putAll(optimizer.describe());
    if (zLoss > 0) {
      lines.put("train.z_loss", Double.toString(zLoss));
    }
    if (carry > 0) {
      lines.put("train.carry", Double.toString(carry));
    }
    if (recompute != Recompute.NONE) {
      lines.put("train.recompute", recompute.text());
    }
    for (Map.Entry<String, WindowSchedule> window : windows.entrySet()) {
      lines.put("train.window." + window.getKey(), window.getValue().describe());
    }
    testWindows.forEach((name, window) -> lines.put("test.window." + name, window.toString()));
    lines.put("train.borders", borders.name().toLowerCase(Locale.ROOT));
    lines.put("train.validate_every", validating.every() + " step");
    lines.put("train.validation_tokens", validating.tokens() + " tok");
    if (validating.pathways() > 0) {
      lines.put("train.pathways", Integer.toString(validating.pathways()));
    }
    if (stop != null) {
      lines.put("train.stop", stop.describe());
    }
    lines.put("train.checkpoint_every", saving.every() + " step");
    lines.put("train.keep", Integer.toString(saving.keep()));
    lines.put("sample.prompt", quoted(sample.prompt()));
    lines.put("sample.length", sample.length() + " tok");
    lines.put("sample.temperature", Double.toString(sample.sampling().temperature()));
    lines.put("sample.top_k", Integer.toString(sample.sampling().topK()));
    return lines;
  }

  /** On one line. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
