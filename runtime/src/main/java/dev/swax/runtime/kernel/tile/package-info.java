/** Vectors of this machine's width: functions of numbers, and products of small tiles in arrays. */
@NullMarked
package dev.swax.runtime.kernel.tile;

import org.jspecify.annotations.NullMarked;
