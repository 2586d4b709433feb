/** gpt-oss, as transformers has it. */
@NullMarked
package dev.swax.hub.gptoss;

import org.jspecify.annotations.NullMarked;
