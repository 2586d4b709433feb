/** Nemotron-H, as transformers has it. */
@NullMarked
package dev.swax.hub.nemotronh;

import org.jspecify.annotations.NullMarked;
