package dev.swax.runtime.task;

/**
 * One measured value.
 *
 * @param name {@code accuracy}; of a part, {@code accuracy/distance 64-127}
 * @param value shares are 0 to 1; NaN where nothing was measured
 * @param count how many examples it is the mean of
 * @param standardError of the value, examples being the sample; NaN for fewer than two
 */
public record Metric(String name, double value, long count, double standardError) {}
