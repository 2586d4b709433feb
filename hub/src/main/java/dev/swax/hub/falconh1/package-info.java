/** Falcon-H1, as transformers has it. */
@NullMarked
package dev.swax.hub.falconh1;

import org.jspecify.annotations.NullMarked;
