/** Arrays outside the heap; here they are on it, and new ones hold poison. */
@NullMarked
package uk.ac.manchester.tornado.api.types.arrays;

import org.jspecify.annotations.NullMarked;
