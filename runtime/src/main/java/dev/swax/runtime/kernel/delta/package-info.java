/** The delta-rule family: matrix states that forget at a key before they learn there. */
@NullMarked
package dev.swax.runtime.kernel.delta;

import org.jspecify.annotations.NullMarked;
