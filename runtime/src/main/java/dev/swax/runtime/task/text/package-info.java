/**
 * Tasks made of text, and the scorers of their answers. What several tasks share: background texts,
 * word lists, the search for the most text that fits.
 */
@NullMarked
package dev.swax.runtime.task.text;

import org.jspecify.annotations.NullMarked;
