/** Numbers outside the heap. Knows nothing of kernels or models. */
@NullMarked
package dev.swax.runtime.tensor;

import org.jspecify.annotations.NullMarked;
