/**
 * The training loop and the run directory: the parts of a run, and how a run goes on, stops, and is
 * resumed with the same bits.
 */
@NullMarked
package dev.swax.runtime.train;

import org.jspecify.annotations.NullMarked;
