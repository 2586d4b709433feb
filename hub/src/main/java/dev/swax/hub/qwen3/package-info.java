/** Qwen 3, as transformers has it. */
@NullMarked
package dev.swax.hub.qwen3;

import org.jspecify.annotations.NullMarked;
