/** AdamW and the sums that training needs. */
@NullMarked
package dev.swax.runtime.kernel.optimizer;

import org.jspecify.annotations.NullMarked;
