/**
 * Files of a cache: written by appending, so that what was complete at some moment is found again
 * after whatever happens; read where they lie, and checked against sums page by page. Which process
 * builds a cache is decided here. This package does not know what the files contain.
 */
@NullMarked
package dev.swax.runtime.data.cache;

import org.jspecify.annotations.NullMarked;
