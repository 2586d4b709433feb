/** A data block becomes corpora and tasks. */
@NullMarked
package dev.swax.compiler.analyze.data;

import org.jspecify.annotations.NullMarked;
