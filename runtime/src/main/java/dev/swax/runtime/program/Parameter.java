package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;

/** A trained tensor with what training keeps beside it: gradient and the two moments of AdamW. */
public record Parameter(
    ParameterSpec spec, Tensor value, Tensor gradient, Tensor first, Tensor second) {}
