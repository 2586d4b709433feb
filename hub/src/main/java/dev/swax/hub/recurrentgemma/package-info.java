/** RecurrentGemma, as transformers has it. */
@NullMarked
package dev.swax.hub.recurrentgemma;

import org.jspecify.annotations.NullMarked;
