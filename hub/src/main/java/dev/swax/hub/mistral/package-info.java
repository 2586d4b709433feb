/** Mistral, as transformers has it. */
@NullMarked
package dev.swax.hub.mistral;

import org.jspecify.annotations.NullMarked;
