/**
 * Grids on Slurm: a job array is written and submitted, its tasks are looked after through {@code
 * squeue} and {@code sacct}. Nothing else of Slurm is used, and what is submitted goes on without
 * this process.
 */
@NullMarked
package dev.swax.grid.slurm;

import org.jspecify.annotations.NullMarked;
