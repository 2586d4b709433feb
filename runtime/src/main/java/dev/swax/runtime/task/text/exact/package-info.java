/** Questions whose written answer must be one of the references: NQ-open and TriviaQA. */
@NullMarked
package dev.swax.runtime.task.text.exact;

import org.jspecify.annotations.NullMarked;
