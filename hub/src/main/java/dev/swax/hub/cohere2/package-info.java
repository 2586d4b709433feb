/** Command R7B, as transformers has it. */
@NullMarked
package dev.swax.hub.cohere2;

import org.jspecify.annotations.NullMarked;
