/** Memories of matrices whose columns decay by numbers of their own. */
@NullMarked
package dev.swax.runtime.kernel.columns;

import org.jspecify.annotations.NullMarked;
