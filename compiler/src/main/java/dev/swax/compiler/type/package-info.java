/**
 * Exact quantities with units, and what kinds of values the language has. Nothing here knows of
 * files or models.
 */
@NullMarked
package dev.swax.compiler.type;

import org.jspecify.annotations.NullMarked;
