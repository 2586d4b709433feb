/**
 * The {@code swax} command: the process, its terminal and its exit codes. The verbs are implemented
 * in {@code command}, {@code input}, {@code run} and {@code verify}. This package computes nothing.
 */
@NullMarked
package dev.swax.cli;

import org.jspecify.annotations.NullMarked;
