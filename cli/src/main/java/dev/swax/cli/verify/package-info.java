/**
 * Checks that users can run on their own files. They compare the generated program of a small copy
 * of the model with the interpreter. Each check measures an error and compares it with the rounding
 * error that the arithmetic allows.
 */
@NullMarked
package dev.swax.cli.verify;

import org.jspecify.annotations.NullMarked;
