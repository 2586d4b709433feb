/**
 * Tensors in, tensors out: the operations that generated programs call, in a scalar form that
 * defines them and a vector form that is fast.
 */
@NullMarked
package dev.swax.runtime.kernel;

import org.jspecify.annotations.NullMarked;
