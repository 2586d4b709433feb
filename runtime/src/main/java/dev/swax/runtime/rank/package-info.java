/**
 * The processes that train one model together: each has a number, its rank, and they pass bytes to
 * each other. Nothing here knows what the bytes are, or adds them.
 */
@NullMarked
package dev.swax.runtime.rank;

import org.jspecify.annotations.NullMarked;
