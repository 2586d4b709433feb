/** Published models in and out: from a folder to a swax file with its weights, and back. */
@NullMarked
package dev.swax.hub.exchange;

import org.jspecify.annotations.NullMarked;
