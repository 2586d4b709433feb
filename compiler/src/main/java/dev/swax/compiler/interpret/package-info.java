/**
 * The meaning of every op, in double precision and as plain as possible. Gradients, passes and
 * kernels are tested against it. It is never used for training.
 */
@NullMarked
package dev.swax.compiler.interpret;

import org.jspecify.annotations.NullMarked;
