package dev.swax.tornado;

/** The constants of AdamW. */
public record DeviceOptimizer(double beta1, double beta2, double epsilon, double decay) {}
