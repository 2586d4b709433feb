/** Work on groups of columns: those that several heads share, and softmax within each. */
@NullMarked
package dev.swax.runtime.kernel.group;

import org.jspecify.annotations.NullMarked;
