/**
 * Processes as others have to know them, on this machine and beyond: which one a number means, and
 * whether it still runs.
 */
@NullMarked
package dev.swax.runtime.process;

import org.jspecify.annotations.NullMarked;
