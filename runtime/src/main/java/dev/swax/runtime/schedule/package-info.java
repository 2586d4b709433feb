/**
 * Values that change over training: windows and learning rates. The compiler makes them, the
 * training loop asks them; they know nothing of models.
 */
@NullMarked
package dev.swax.runtime.schedule;

import org.jspecify.annotations.NullMarked;
