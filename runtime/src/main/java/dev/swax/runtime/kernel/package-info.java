/**
 * Tensors in, tensors out: the operations that generated programs call, in a scalar form that
 * defines them and a vector form that is fast. This package is the door; behind it lies one room
 * for each kind of operation, and no room knows the door.
 */
@NullMarked
package dev.swax.runtime.kernel;

import org.jspecify.annotations.NullMarked;
