package dev.swax.runtime.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What one optimizer step did.
 *
 * @param step counted from 1
 * @param loss nats per token over the batch, before the update
 * @param zLoss what z-loss adds to it; 0 where there is none
 * @param sources loss of each source of a mixture that the batch has, by name
 * @param gradientNorm before clipping
 * @param windows drawn for the batch, by name
 * @param tokens of training so far, this step included
 * @param tokensPerSecond of this step
 * @param residentBytes memory of the process
 */
public record StepReport(
    long step,
    double loss,
    double zLoss,
    SequencedMap<String, Double> sources,
    double gradientNorm,
    double rate,
    SequencedMap<String, Integer> windows,
    long tokens,
    double tokensPerSecond,
    long residentBytes) {
  public StepReport {
    sources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sources));
    windows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(windows));
  }
}
