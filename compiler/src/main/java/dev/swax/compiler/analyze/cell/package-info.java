/**
 * Cell declarations in, classified cells out: names, sizes per head, the family of the state update
 * and the logarithms of its gates. What is not handled is a diagnostic that names the term at
 * fault. How a family is trained is not decided here.
 */
@NullMarked
package dev.swax.compiler.analyze.cell;

import org.jspecify.annotations.NullMarked;
