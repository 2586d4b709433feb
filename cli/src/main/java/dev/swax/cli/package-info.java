/** The swax cli. */
@NullMarked
package dev.swax.cli;

import org.jspecify.annotations.NullMarked;
