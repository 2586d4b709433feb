/** The tasks that there are. A task stands in its own folder; here it has one line. */
@NullMarked
package dev.swax.runtime.task.catalog;

import org.jspecify.annotations.NullMarked;
