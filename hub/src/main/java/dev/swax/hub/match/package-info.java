/** Whether two models compute the same, and which weights of one are which of the other. */
@NullMarked
package dev.swax.hub.match;

import org.jspecify.annotations.NullMarked;
