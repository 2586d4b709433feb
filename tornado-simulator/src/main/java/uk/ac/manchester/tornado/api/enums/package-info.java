/** Modes and kinds, with the values that TornadoVM gives them. */
@NullMarked
package uk.ac.manchester.tornado.api.enums;

import org.jspecify.annotations.NullMarked;
