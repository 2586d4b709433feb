/**
 * A page on this machine that shows runs and grids while they go on. It reads their folders and
 * writes nothing; it answers no other machine.
 */
@NullMarked
package dev.swax.cli.watch;

import org.jspecify.annotations.NullMarked;
