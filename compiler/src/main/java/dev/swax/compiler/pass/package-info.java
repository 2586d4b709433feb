/** Rewrites: graph in, graph with the same results out. */
@NullMarked
package dev.swax.compiler.pass;

import org.jspecify.annotations.NullMarked;
