/**
 * Graphs in, an executable plan out: what is kept for the backward pass, which nodes become one
 * kernel, and where each value is stored.
 */
@NullMarked
package dev.swax.compiler.plan;

import org.jspecify.annotations.NullMarked;
