/**
 * Runs the cells of a grid, each in a process of its own, and survives the death of any of them.
 */
@NullMarked
package dev.swax.grid.run;

import org.jspecify.annotations.NullMarked;
