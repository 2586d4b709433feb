/** What a grid came to, as plain values: made by the engine, shown by reports. */
@NullMarked
package dev.swax.grid.result;

import org.jspecify.annotations.NullMarked;
