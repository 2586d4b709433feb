/** How functions of native libraries become tasks. */
@NullMarked
package uk.ac.manchester.tornado.runtime.library.spi;

import org.jspecify.annotations.NullMarked;
