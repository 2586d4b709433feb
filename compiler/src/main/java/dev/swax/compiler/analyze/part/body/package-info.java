/** A part's body as it is written: its names, the sizes per head, and what is wrong with it. */
@NullMarked
package dev.swax.compiler.analyze.part.body;

import org.jspecify.annotations.NullMarked;
