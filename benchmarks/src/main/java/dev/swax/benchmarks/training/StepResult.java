package dev.swax.benchmarks.training;

/**
 * What a step found.
 *
 * @param loss mean over tokens, before the update
 * @param norm of all gradients together, before clipping
 */
public record StepResult(double loss, double norm) {}
