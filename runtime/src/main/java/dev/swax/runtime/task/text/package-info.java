/** Tasks made of text, and the scorers of their answers. */
@NullMarked
package dev.swax.runtime.task.text;

import org.jspecify.annotations.NullMarked;
