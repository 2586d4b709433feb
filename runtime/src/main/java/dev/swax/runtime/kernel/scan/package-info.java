/** The scan family: states that decay and grow element by element. */
@NullMarked
package dev.swax.runtime.kernel.scan;

import org.jspecify.annotations.NullMarked;
