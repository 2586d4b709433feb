/** Expressions become values: scopes, calls, patterns of layers, coercion to what is wanted. */
@NullMarked
package dev.swax.compiler.analyze.evaluate;

import org.jspecify.annotations.NullMarked;
