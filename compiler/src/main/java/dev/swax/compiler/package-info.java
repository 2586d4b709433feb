/** The swax compiler. */
@NullMarked
package dev.swax.compiler;

import org.jspecify.annotations.NullMarked;
