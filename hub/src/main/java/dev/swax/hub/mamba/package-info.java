/** Mamba-2 as published hybrids have it: its cell, its weights, and what a graph tells of it. */
@NullMarked
package dev.swax.hub.mamba;

import org.jspecify.annotations.NullMarked;
