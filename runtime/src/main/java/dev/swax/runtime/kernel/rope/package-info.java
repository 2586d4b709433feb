/** Rotary positions. */
@NullMarked
package dev.swax.runtime.kernel.rope;

import org.jspecify.annotations.NullMarked;
