@NullMarked
package dev.swax.grid.slurm;

import org.jspecify.annotations.NullMarked;
