/** Softmax attention over a band, and its gradient. */
@NullMarked
package dev.swax.runtime.kernel.attention;

import org.jspecify.annotations.NullMarked;
