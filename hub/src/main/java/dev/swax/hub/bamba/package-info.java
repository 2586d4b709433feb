/** Bamba, as transformers has it. */
@NullMarked
package dev.swax.hub.bamba;

import org.jspecify.annotations.NullMarked;
