@NullMarked
package dev.swax.grid.statistics;

import org.jspecify.annotations.NullMarked;
