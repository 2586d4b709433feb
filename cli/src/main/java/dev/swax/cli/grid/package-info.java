/**
 * Grids on the command line: which grid is chosen, what is printed about it, and the work of one
 * cell.
 */
@NullMarked
package dev.swax.cli.grid;

import org.jspecify.annotations.NullMarked;
