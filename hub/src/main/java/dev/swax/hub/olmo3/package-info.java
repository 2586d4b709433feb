/** OLMo 3, as transformers has it. */
@NullMarked
package dev.swax.hub.olmo3;

import org.jspecify.annotations.NullMarked;
