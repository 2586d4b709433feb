/** Finds an installed TornadoVM. It runs nothing and needs none of TornadoVM's classes. */
@NullMarked
package dev.swax.tornado;

import org.jspecify.annotations.NullMarked;
