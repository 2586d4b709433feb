/** The list of all published classes. */
@NullMarked
package dev.swax.hub.catalog;

import org.jspecify.annotations.NullMarked;
