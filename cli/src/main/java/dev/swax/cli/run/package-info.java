/**
 * Training, continuing and using models: which program, which text, which folder. It puts the
 * compiler's program and the runtime's loops together and computes nothing itself.
 */
@NullMarked
package dev.swax.cli.run;

import org.jspecify.annotations.NullMarked;
