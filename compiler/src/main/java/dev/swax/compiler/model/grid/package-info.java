/**
 * What a grid means: its models are resolved, and its rows are expressions over measures. The
 * analyzer makes it. The compiler neither plans nor runs a grid.
 */
@NullMarked
package dev.swax.compiler.model.grid;

import org.jspecify.annotations.NullMarked;
