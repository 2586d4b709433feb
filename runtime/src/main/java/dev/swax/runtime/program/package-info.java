/** What the training loop knows of a generated class, and what a generated class is given. */
@NullMarked
package dev.swax.runtime.program;

import org.jspecify.annotations.NullMarked;
