/** What library providers see of TornadoVM's runtime. */
@NullMarked
package uk.ac.manchester.tornado.runtime.common;

import org.jspecify.annotations.NullMarked;
