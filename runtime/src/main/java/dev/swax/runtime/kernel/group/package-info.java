/** Groups of columns that several heads share. */
@NullMarked
package dev.swax.runtime.kernel.group;

import org.jspecify.annotations.NullMarked;
