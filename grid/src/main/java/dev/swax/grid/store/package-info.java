/**
 * The folder of a grid. It has one folder for each cell, with the identity of the cell, the process
 * that works on it, and its result. Every file is written under another name and then renamed, so a
 * reader sees either the complete file or no file.
 */
@NullMarked
package dev.swax.grid.store;

import org.jspecify.annotations.NullMarked;
