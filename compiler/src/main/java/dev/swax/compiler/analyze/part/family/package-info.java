/** The forms of state updates that have kernels, and the cell that each makes. */
@NullMarked
package dev.swax.compiler.analyze.part.family;

import org.jspecify.annotations.NullMarked;
