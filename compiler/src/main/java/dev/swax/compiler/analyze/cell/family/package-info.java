/** The forms of state updates that have kernels, and the cell that each makes. */
@NullMarked
package dev.swax.compiler.analyze.cell.family;

import org.jspecify.annotations.NullMarked;
