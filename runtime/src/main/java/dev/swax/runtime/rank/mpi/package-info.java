/**
 * Ranks through MPI: the launcher that started this process, the library that belongs to it, and
 * calls of that library by the JDK's foreign functions.
 */
@NullMarked
package dev.swax.runtime.rank.mpi;

import org.jspecify.annotations.NullMarked;
