@NullMarked
package dev.swax.grid.testing;

import org.jspecify.annotations.NullMarked;
