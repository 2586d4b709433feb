/** Parts with every size resolved and their recurrence classified. */
@NullMarked
package dev.swax.compiler.model.part;

import org.jspecify.annotations.NullMarked;
