/** Qwen 2 and 2.5, as transformers has it. */
@NullMarked
package dev.swax.hub.qwen2;

import org.jspecify.annotations.NullMarked;
