/** Granite 4, as transformers has it. */
@NullMarked
package dev.swax.hub.granitemoehybrid;

import org.jspecify.annotations.NullMarked;
