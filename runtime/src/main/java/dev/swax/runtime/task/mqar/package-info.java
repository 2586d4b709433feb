/** Multi-query associative recall: the value of a key that stood earlier. */
@NullMarked
package dev.swax.runtime.task.mqar;

import org.jspecify.annotations.NullMarked;
