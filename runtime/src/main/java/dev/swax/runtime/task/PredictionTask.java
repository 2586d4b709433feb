package dev.swax.runtime.task;

/**
 * Scored at the targets of its examples: a target counts as right where the model finds it
 * likeliest. The score of an example is the share of its targets that are right.
 */
public non-sealed interface PredictionTask extends Task {}
