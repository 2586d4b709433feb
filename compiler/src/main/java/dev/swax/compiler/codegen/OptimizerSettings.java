package dev.swax.compiler.codegen;

/** The constants of AdamW that a generated program carries. */
public record OptimizerSettings(double beta1, double beta2, double epsilon, double decay) {}
