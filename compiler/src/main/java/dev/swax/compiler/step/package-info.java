/** Steps of recurrences of any form: programs are written here, and their gradients. */
@NullMarked
package dev.swax.compiler.step;

import org.jspecify.annotations.NullMarked;
