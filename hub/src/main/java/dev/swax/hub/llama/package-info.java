/** Llama, as transformers has it. */
@NullMarked
package dev.swax.hub.llama;

import org.jspecify.annotations.NullMarked;
