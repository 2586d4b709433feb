/**
 * The folder of a grid: one folder a cell, with what it is, who works on it, what came of it.
 * Everything is written to another name first and then moved, so that a reader sees all of a file
 * or none.
 */
@NullMarked
package dev.swax.grid.store;

import org.jspecify.annotations.NullMarked;
