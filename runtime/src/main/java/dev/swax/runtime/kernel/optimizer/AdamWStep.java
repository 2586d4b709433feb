package dev.swax.runtime.kernel.optimizer;

/**
 * The numbers of one step of AdamW.
 *
 * @param decay of the weights, decoupled from the gradient
 * @param gradientScale what gradients are multiplied by first
 * @param step counted from 1
 */
public record AdamWStep(
    double rate,
    double beta1,
    double beta2,
    double epsilon,
    double decay,
    double gradientScale,
    long step) {}
