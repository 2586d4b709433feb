/** Gemma 2 and 3, as transformers has them. */
@NullMarked
package dev.swax.hub.gemma;

import org.jspecify.annotations.NullMarked;
