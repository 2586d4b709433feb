/**
 * The {@code swax} command: the process, its terminal and its exit codes. What the verbs do is in
 * {@code command}, {@code input}, {@code run} and {@code verify}; nothing here computes.
 */
@NullMarked
package dev.swax.cli;

import org.jspecify.annotations.NullMarked;
