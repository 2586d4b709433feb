/**
 * Turns a grid into cells: what has to be computed. Each cell has an identity, which contains
 * everything that decides its result, a state on the disk, and a cost.
 */
@NullMarked
package dev.swax.grid.plan;

import org.jspecify.annotations.NullMarked;
