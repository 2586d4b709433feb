/** Causal convolutions over time, each channel with a filter of its own. */
@NullMarked
package dev.swax.runtime.kernel.conv;

import org.jspecify.annotations.NullMarked;
