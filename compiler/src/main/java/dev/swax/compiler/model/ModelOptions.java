package dev.swax.compiler.model;

/**
 * What a model says in one word each, beside its sizes and layers.
 *
 * @param normEpsilon of every RMSNorm, {@code x / sqrt(mean x² + epsilon) * gamma}
 * @param tied whether the head shares the embedding's weights
 * @param embeddingScale what the rows of the embedding are multiplied by where the layers begin
 * @param logitCap c of {@code c tanh(logits / c)}, or 0 for none
 */
public record ModelOptions(
    double normEpsilon, boolean tied, double embeddingScale, double logitCap) {}
