/** A cell's body as it is written: its names, the sizes per head, and what is wrong with it. */
@NullMarked
package dev.swax.compiler.analyze.cell.body;

import org.jspecify.annotations.NullMarked;
