/** Gated linear attention: matrix states of which every row decays by a factor of its own. */
@NullMarked
package dev.swax.runtime.kernel.gla;

import org.jspecify.annotations.NullMarked;
