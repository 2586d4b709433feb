/**
 * What a few values say about the mean that lies behind them: intervals of 95 % and p values. The
 * same values give the same numbers on every machine. Nothing here knows what a grid is.
 */
@NullMarked
package dev.swax.grid.statistics;

import org.jspecify.annotations.NullMarked;
