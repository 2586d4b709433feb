/**
 * Expressions become values: scopes, calls, patterns of layers, and conversion to the expected
 * type.
 */
@NullMarked
package dev.swax.compiler.analyze.evaluate;

import org.jspecify.annotations.NullMarked;
