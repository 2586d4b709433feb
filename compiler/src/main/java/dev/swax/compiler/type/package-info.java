/**
 * Exact quantities with units, and the types of values. This package knows neither files nor
 * models.
 */
@NullMarked
package dev.swax.compiler.type;

import org.jspecify.annotations.NullMarked;
