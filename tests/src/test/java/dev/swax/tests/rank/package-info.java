/** Training by several processes: as threads of this one, and as processes of MPI. */
@NullMarked
package dev.swax.tests.rank;

import org.jspecify.annotations.NullMarked;
