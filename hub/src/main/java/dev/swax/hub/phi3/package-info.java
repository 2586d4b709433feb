/** Phi-3 and Phi-4, as transformers has them. */
@NullMarked
package dev.swax.hub.phi3;

import org.jspecify.annotations.NullMarked;
