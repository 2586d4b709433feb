/** OLMo 2, as transformers has it. */
@NullMarked
package dev.swax.hub.olmo2;

import org.jspecify.annotations.NullMarked;
