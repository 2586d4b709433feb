/**
 * Grids on the command line: which one is meant, what is printed of it, and the work of one cell.
 */
@NullMarked
package dev.swax.cli.grid;

import org.jspecify.annotations.NullMarked;
