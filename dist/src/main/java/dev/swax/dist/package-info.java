/**
 * Packs swax with the Java that it needs into one archive, with completions for shells and a page
 * of the manual. Nothing of this is shipped.
 */
@NullMarked
package dev.swax.dist;

import org.jspecify.annotations.NullMarked;
