/**
 * Declarations of parts in, parts out; where there is a state, the cheapest family of its update.
 */
@NullMarked
package dev.swax.compiler.analyze.part;

import org.jspecify.annotations.NullMarked;
