/** Values that change with the step: windows and learning rates. */
@NullMarked
package dev.swax.runtime.schedule;

import org.jspecify.annotations.NullMarked;
