/**
 * A strict stand-in for the part of the TornadoVM API that swax uses, binary compatible with it:
 * task graphs run on the host, with memory of their own and thread by thread.
 */
@NullMarked
package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.NullMarked;
