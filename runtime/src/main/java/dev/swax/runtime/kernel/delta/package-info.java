/**
 * The delta-rule family: matrix states. Before they write at a key, they remove what they hold
 * there.
 */
@NullMarked
package dev.swax.runtime.kernel.delta;

import org.jspecify.annotations.NullMarked;
