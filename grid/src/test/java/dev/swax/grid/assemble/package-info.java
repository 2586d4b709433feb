@NullMarked
package dev.swax.grid.assemble;

import org.jspecify.annotations.NullMarked;
