/** The result of a grid as plain values. The engine makes them, and reports show them. */
@NullMarked
package dev.swax.grid.result;

import org.jspecify.annotations.NullMarked;
