/** LFM2, as transformers has it. */
@NullMarked
package dev.swax.hub.lfm2;

import org.jspecify.annotations.NullMarked;
