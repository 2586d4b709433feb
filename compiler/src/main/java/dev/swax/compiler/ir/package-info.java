/**
 * The tensor graph: ops, types, nodes and their printed form. Knows nothing of where graphs come
 * from or go.
 */
@NullMarked
package dev.swax.compiler.ir;

import org.jspecify.annotations.NullMarked;
