/** The swax tornado. */
@NullMarked
package dev.swax.tornado;

import org.jspecify.annotations.NullMarked;
