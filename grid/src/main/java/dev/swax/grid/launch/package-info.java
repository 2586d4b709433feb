/** What starts the processes of cells. A launcher for an engine is a class beside the local one. */
@NullMarked
package dev.swax.grid.launch;

import org.jspecify.annotations.NullMarked;
