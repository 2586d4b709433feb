/**
 * Graphs in, an executable plan out: what is kept for the backward pass, what runs as one kernel,
 * where each value lives.
 */
@NullMarked
package dev.swax.compiler.plan;

import org.jspecify.annotations.NullMarked;
