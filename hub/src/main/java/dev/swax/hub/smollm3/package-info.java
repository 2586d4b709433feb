/** SmolLM3, as transformers has it. */
@NullMarked
package dev.swax.hub.smollm3;

import org.jspecify.annotations.NullMarked;
