@NullMarked
package dev.swax.grid.launch;

import org.jspecify.annotations.NullMarked;
