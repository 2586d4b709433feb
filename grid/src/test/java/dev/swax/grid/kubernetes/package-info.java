@NullMarked
package dev.swax.grid.kubernetes;

import org.jspecify.annotations.NullMarked;
