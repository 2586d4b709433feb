/** Memory cells with every size resolved and their recurrence classified. */
@NullMarked
package dev.swax.compiler.model.cell;

import org.jspecify.annotations.NullMarked;
