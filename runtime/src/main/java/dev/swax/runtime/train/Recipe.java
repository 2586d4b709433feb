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
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a training run apart from model and text, resolved.
 *
 * @param sequence tokens of one training sequence
 * @param batchTokens tokens of one optimizer step
 * @param microBatch sequences of one call of the program
 * @param steps optimizer steps
 * @param seed of every random stream
 * @param zLoss what the squared logarithm of the sum of a token's exponentials counts beside its
 *     loss; 0: nothing
 * @param windows by the name of the model's window; windows of one batch share one draw
 * @param testWindows used for validation and generation, by name
 * @param validateEvery steps; 0: only at the end
 * @param validationTokens at most so many tokens are scored; 0: all
 * @param checkpointEvery steps; 0: only at the end and when stopped
 * @param keep how many of the newest checkpoints stay
 * @param weights what it begins with, or null for weights that are drawn
 * @param lanes in which the micro-batches of a step are summed: a power of 2 that divides their
 *     number. Gradients of a lane are added in order, those of lanes in a binary tree
 */
public record Recipe(
    int sequence,
    int batchTokens,
    int microBatch,
    long steps,
    long seed,
    LearningRate rate,
    Optimizer optimizer,
    double zLoss,
    SequencedMap<String, WindowSchedule> windows,
    SequencedMap<String, Integer> testWindows,
    DocumentBorders borders,
    long validateEvery,
    long validationTokens,
    long checkpointEvery,
    int keep,
    Sample sample,
    @Nullable StartWeights weights,
    int lanes) {
  /** As many lanes there are, where so many divide the micro-batches and nothing else is said. */
  public static final int LANES = 8;

  public static final int MOST_LANES = 1024;

  /** With weights that are drawn. */
  public Recipe(
      int sequence,
      int batchTokens,
      int microBatch,
      long steps,
      long seed,
      LearningRate rate,
      Optimizer optimizer,
      double zLoss,
      SequencedMap<String, WindowSchedule> windows,
      SequencedMap<String, Integer> testWindows,
      DocumentBorders borders,
      long validateEvery,
      long validationTokens,
      long checkpointEvery,
      int keep,
      Sample sample) {
    this(
        sequence,
        batchTokens,
        microBatch,
        steps,
        seed,
        rate,
        optimizer,
        zLoss,
        windows,
        testWindows,
        borders,
        validateEvery,
        validationTokens,
        checkpointEvery,
        keep,
        sample,
        null,
        lanes(Math.max(1, batchTokens / Math.max(1, sequence) / Math.max(1, microBatch))));
  }

  /** The most lanes, {@value #LANES} or fewer, that so many micro-batches are divided into. */
  public static int lanes(int microBatches) {
    return Math.min(LANES, Integer.lowestOneBit(microBatches));
  }

  /** The text that is generated after training. */
  public record Sample(String prompt, int length, Sampling sampling) {}

  public Recipe {
    windows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(windows));
    testWindows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(testWindows));
    requirePositive("steps", steps);
    requirePositive("tokens in a sequence", sequence);
    requirePositive("tokens in a batch", batchTokens);
    requirePositive("sequences in a micro-batch", microBatch);
    if (batchTokens % sequence != 0) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "a batch of %,d tokens is not a whole number of sequences of %,d tokens",
              batchTokens,
              sequence),
          "`batch = %d tok`".formatted(Math.max(1, batchTokens / sequence) * (long) sequence));
    }
    if (batchTokens / sequence % microBatch != 0) {
      throw new UserError(
          "a batch of %d sequences is not a whole number of micro-batches of %d"
              .formatted(batchTokens / sequence, microBatch),
          "`micro_batch = 1` always fits");
    }
    int parts = batchTokens / sequence / microBatch;
    if (Integer.bitCount(lanes) != 1 || lanes > MOST_LANES || parts % lanes != 0) {
      throw new UserError(
          "%d lanes: they are a power of 2 that divides the %d micro-batches of a step"
              .formatted(lanes, parts),
          "`lanes = %d`".formatted(lanes(parts)));
    }
  }

  private static void requirePositive(String what, long count) {
    if (count < 1) {
      throw new UserError(
          "the run has %d %s, but at least 1 is needed".formatted(count, what), null);
    }
  }

  /** Calls of the program for one optimizer step. */
  public int microBatches() {
    return batchTokens / sequence / microBatch;
  }

  /** Every value as text, by path, in a fixed order: the lines of config.txt. */
  public SequencedMap<String, String> describe() {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("train.seq", sequence + " tok");
    lines.put("train.batch", batchTokens + " tok");
    lines.put("train.micro_batch", Integer.toString(microBatch));
    if (lanes > 1) {
      lines.put("train.lanes", Integer.toString(lanes));
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
    for (Map.Entry<String, WindowSchedule> window : windows.entrySet()) {
      lines.put("train.window." + window.getKey(), window.getValue().describe());
    }
    testWindows.forEach((name, window) -> lines.put("test.window." + name, window.toString()));
    lines.put("train.borders", borders.name().toLowerCase(Locale.ROOT));
    lines.put("train.validate_every", validateEvery + " step");
    lines.put("train.validation_tokens", validationTokens + " tok");
    lines.put("train.checkpoint_every", checkpointEvery + " step");
    lines.put("train.keep", Integer.toString(keep));
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
