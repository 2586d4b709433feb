@NullMarked
package dev.swax.grid.run;

import org.jspecify.annotations.NullMarked;
