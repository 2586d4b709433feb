/** A model block becomes layers: mixers, feed-forwards, and where each stands. */
@NullMarked
package dev.swax.compiler.analyze.model;

import org.jspecify.annotations.NullMarked;
