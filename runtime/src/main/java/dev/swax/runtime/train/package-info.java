/**
 * The training loop and the run directory: what a run is made of, how it goes on, stops, and
 * continues with the same bits.
 */
@NullMarked
package dev.swax.runtime.train;

import org.jspecify.annotations.NullMarked;
