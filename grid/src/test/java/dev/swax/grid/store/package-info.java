@NullMarked
package dev.swax.grid.store;

import org.jspecify.annotations.NullMarked;
