/** The linear-attention family: matrix states with scalar decays, by token and by chunk. */
@NullMarked
package dev.swax.runtime.kernel.memory;

import org.jspecify.annotations.NullMarked;
