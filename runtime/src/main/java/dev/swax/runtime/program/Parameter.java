package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;

/**
 * A trained tensor with what training keeps beside it: gradient and two moments.
 *
 * @param first moment of AdamW, or the momentum of Muon
 * @param second moment of AdamW; empty where Muon updates it
 */
public record Parameter(
    ParameterSpec spec, Tensor value, Tensor gradient, Tensor first, Tensor second) {}
