package dev.swax.runtime.train;

/**
 * The optimizer's constants.
 *
 * @param decay applies to matrices only, see {@link dev.swax.runtime.program.ParameterSpec}
 * @param clip largest norm of all gradients together; a larger one is scaled down to it; 0: never
 */
public record AdamW(double beta1, double beta2, double epsilon, double decay, double clip) {}
