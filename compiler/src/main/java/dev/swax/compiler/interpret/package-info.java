/**
 * The meaning of every op, in double and as plainly as it can be written: the oracle that
 * gradients, passes and kernels are checked against. Never used to train.
 */
@NullMarked
package dev.swax.compiler.interpret;

import org.jspecify.annotations.NullMarked;
