/** Values of the token before. */
@NullMarked
package dev.swax.runtime.kernel.shift;

import org.jspecify.annotations.NullMarked;
