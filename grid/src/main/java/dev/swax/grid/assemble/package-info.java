/**
 * From results on the disk to the values of a table, and what the comparison with printed values
 * finds.
 */
@NullMarked
package dev.swax.grid.assemble;

import org.jspecify.annotations.NullMarked;
