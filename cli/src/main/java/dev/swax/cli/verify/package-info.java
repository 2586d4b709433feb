/**
 * Checks that a person can run on their own file: the generated program of a shrunken copy of the
 * model against its meaning. Each check measures an error and holds it against what the arithmetic
 * allows.
 */
@NullMarked
package dev.swax.cli.verify;

import org.jspecify.annotations.NullMarked;
