/** Threads that share the parts of one operation; the parts do not depend on how many there are. */
@NullMarked
package dev.swax.runtime.kernel.team;

import org.jspecify.annotations.NullMarked;
