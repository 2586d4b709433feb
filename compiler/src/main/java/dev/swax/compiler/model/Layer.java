package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * One layer: a mixer over time and a feed-forward, each behind its own norm and residual. Either
 * may be absent (mixer-only and ffn-only sub-layers). Layers that are equal apart from their spans
 * share their code, never their weights.
 */
public record Layer(Span span, @Nullable Mixer mixer, @Nullable FeedForward feedForward) {}
