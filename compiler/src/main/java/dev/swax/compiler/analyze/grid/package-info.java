/** A grid block becomes points, columns, rows and figures. */
@NullMarked
package dev.swax.compiler.analyze.grid;

import org.jspecify.annotations.NullMarked;
