/**
 * From files to token sequences: finds and checks text files, splits them into training and
 * validation by name, and cuts shuffled training sequences. Knows nothing of models.
 */
@NullMarked
package dev.swax.runtime.data;

import org.jspecify.annotations.NullMarked;
