/**
 * Where the numbers of a swax parameter are in published tensors. One table serves both directions.
 */
@NullMarked
package dev.swax.hub.weight;

import org.jspecify.annotations.NullMarked;
