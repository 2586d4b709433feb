/** Qwen3-Next, as transformers has it. */
@NullMarked
package dev.swax.hub.qwen3next;

import org.jspecify.annotations.NullMarked;
