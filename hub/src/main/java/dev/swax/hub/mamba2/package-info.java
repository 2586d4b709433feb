/** Mamba-2. */
@NullMarked
package dev.swax.hub.mamba2;

import org.jspecify.annotations.NullMarked;
