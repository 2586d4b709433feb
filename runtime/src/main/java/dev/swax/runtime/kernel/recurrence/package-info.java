/** The seam of recurrences: what a family says of itself, and how its kernels are called. */
@NullMarked
package dev.swax.runtime.kernel.recurrence;

import org.jspecify.annotations.NullMarked;
