/** Cells of no family: their step as a program for one token. */
@NullMarked
package dev.swax.compiler.analyze.part.step;

import org.jspecify.annotations.NullMarked;
