/**
 * Declarations of cells in, classified cells out: names, sizes per head, the family of the state
 * update and the logarithms of its gates. If a cell is not supported, a diagnostic names the term
 * that is the reason. This package does not decide how a family is trained.
 */
@NullMarked
package dev.swax.compiler.analyze.cell;

import org.jspecify.annotations.NullMarked;
