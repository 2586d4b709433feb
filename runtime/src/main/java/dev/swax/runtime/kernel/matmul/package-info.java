/** Products of matrices: plain loops that define them, and packed panels that are fast. */
@NullMarked
package dev.swax.runtime.kernel.matmul;

import org.jspecify.annotations.NullMarked;
