/**
 * Measures a trained model: the loss on text of any length with constant memory, the continuation
 * of a prompt, and a byte n-gram model to compare with.
 */
@NullMarked
package dev.swax.runtime.evaluate;

import org.jspecify.annotations.NullMarked;
