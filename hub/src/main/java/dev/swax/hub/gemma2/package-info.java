/** Gemma 2, as transformers has it. */
@NullMarked
package dev.swax.hub.gemma2;

import org.jspecify.annotations.NullMarked;
