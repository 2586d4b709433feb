/** Granite 3, as transformers has it. */
@NullMarked
package dev.swax.hub.granite;

import org.jspecify.annotations.NullMarked;
