/** Recurrences of any form, token by token: the step of one token as a program. */
@NullMarked
package dev.swax.runtime.kernel.step;

import org.jspecify.annotations.NullMarked;
