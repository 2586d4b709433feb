/** A train block becomes a recipe: budget, batches, rates, windows. */
@NullMarked
package dev.swax.compiler.analyze.train;

import org.jspecify.annotations.NullMarked;
