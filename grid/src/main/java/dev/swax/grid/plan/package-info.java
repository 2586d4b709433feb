/**
 * From a grid as the file means it to cells: what has to be computed, each with an identity that
 * says all that decides its result, its state on the disk and its cost.
 */
@NullMarked
package dev.swax.grid.plan;

import org.jspecify.annotations.NullMarked;
