/** Declarations of cells in, cells out: the cheapest family that an update is of. */
@NullMarked
package dev.swax.compiler.analyze.cell;

import org.jspecify.annotations.NullMarked;
