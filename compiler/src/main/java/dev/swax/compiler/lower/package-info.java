/**
 * Resolved models in, graphs out: one block for the embedding, one for each kind of layer, one for
 * the head.
 */
@NullMarked
package dev.swax.compiler.lower;

import org.jspecify.annotations.NullMarked;
