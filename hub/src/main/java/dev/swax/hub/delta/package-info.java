/**
 * The gated delta rule as published hybrids have it: its cell, its weights, and what a graph tells
 * of it.
 */
@NullMarked
package dev.swax.hub.delta;

import org.jspecify.annotations.NullMarked;
