/** Several updates of a state for each token. */
@NullMarked
package dev.swax.runtime.kernel.updates;

import org.jspecify.annotations.NullMarked;
