/**
 * What a grid means: its models resolved, its rows as expressions over measures. The analyzer makes
 * it; planning and running it is no business of the compiler.
 */
@NullMarked
package dev.swax.compiler.model.grid;

import org.jspecify.annotations.NullMarked;
