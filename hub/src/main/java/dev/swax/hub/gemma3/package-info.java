/** Gemma 3, as transformers has it. */
@NullMarked
package dev.swax.hub.gemma3;

import org.jspecify.annotations.NullMarked;
