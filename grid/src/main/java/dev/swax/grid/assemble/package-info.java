/**
 * Turns the results on the disk into the values of a table, and compares them with printed values.
 */
@NullMarked
package dev.swax.grid.assemble;

import org.jspecify.annotations.NullMarked;
