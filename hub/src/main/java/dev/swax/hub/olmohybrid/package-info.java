/** OLMo Hybrid, as transformers has it. */
@NullMarked
package dev.swax.hub.olmohybrid;

import org.jspecify.annotations.NullMarked;
