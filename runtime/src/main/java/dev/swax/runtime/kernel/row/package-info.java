/** Work on rows: fixed parts of them, and the arithmetic that generated row kernels call. */
@NullMarked
package dev.swax.runtime.kernel.row;

import org.jspecify.annotations.NullMarked;
