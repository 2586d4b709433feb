/** Checks of programs against their meaning. */
@NullMarked
package dev.swax.cli.verify;

import org.jspecify.annotations.NullMarked;
