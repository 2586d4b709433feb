/** A model written by hand and a text to train it on. */
@NullMarked
package dev.swax.runtime.testing;

import org.jspecify.annotations.NullMarked;
