/** The swax runtime. */
@NullMarked
package dev.swax.runtime;

import org.jspecify.annotations.NullMarked;
