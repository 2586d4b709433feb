@NullMarked
package dev.swax.grid.plan;

import org.jspecify.annotations.NullMarked;
