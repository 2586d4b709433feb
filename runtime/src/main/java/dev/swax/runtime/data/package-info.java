/**
 * Turns files into sequences of tokens: finds and checks text files, splits them into training and
 * validation by name, and cuts shuffled training sequences. This package does not know models.
 */
@NullMarked
package dev.swax.runtime.data;

import org.jspecify.annotations.NullMarked;
