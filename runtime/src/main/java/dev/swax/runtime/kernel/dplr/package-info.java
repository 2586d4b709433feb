/**
 * The family of a diagonal plus rank one: matrix states whose rows decay by factors of their own,
 * and that put what they read with one key at another.
 */
@NullMarked
package dev.swax.runtime.kernel.dplr;

import org.jspecify.annotations.NullMarked;
