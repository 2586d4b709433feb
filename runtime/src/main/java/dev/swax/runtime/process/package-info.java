/**
 * Identifies processes, also for other processes and other machines: which process a number means,
 * and whether it is still running.
 */
@NullMarked
package dev.swax.runtime.process;

import org.jspecify.annotations.NullMarked;
