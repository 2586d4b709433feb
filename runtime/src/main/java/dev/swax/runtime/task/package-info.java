/**
 * Tasks that test what a model remembers, and that it can be trained on. A task is a seeded source
 * of examples and says how an answer is scored; it knows nothing of models.
 */
@NullMarked
package dev.swax.runtime.task;

import org.jspecify.annotations.NullMarked;
