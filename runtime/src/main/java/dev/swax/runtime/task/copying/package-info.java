/** Copying: tokens that stood earlier are repeated in their order. */
@NullMarked
package dev.swax.runtime.task.copying;

import org.jspecify.annotations.NullMarked;
