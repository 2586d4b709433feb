/**
 * One training step of swax against one of libtorch: the same model, weights and tokens, in two
 * processes that take turns. What both sides share is here; the libtorch side is in its own
 * package.
 */
@NullMarked
package dev.swax.benchmarks.training;

import org.jspecify.annotations.NullMarked;
