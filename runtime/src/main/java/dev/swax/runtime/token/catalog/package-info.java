/** The tokenizers that there are. One stands in its own folder; here it has one line. */
@NullMarked
package dev.swax.runtime.token.catalog;

import org.jspecify.annotations.NullMarked;
