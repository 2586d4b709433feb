/** A disk for tests, whose calls fail when they are told to. */
@NullMarked
package dev.swax.faultydisk;

import org.jspecify.annotations.NullMarked;
