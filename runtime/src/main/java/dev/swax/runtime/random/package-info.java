/**
 * Random numbers from a counter: a value depends on seed, stream name and position alone, so a
 * position is all that must be saved, and values can be computed in any order.
 */
@NullMarked
package dev.swax.runtime.random;

import org.jspecify.annotations.NullMarked;
