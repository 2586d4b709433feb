/**
 * The tensor graph: ops, types, nodes and their printed form. It does not know where graphs come
 * from, nor what they are used for.
 */
@NullMarked
package dev.swax.compiler.ir;

import org.jspecify.annotations.NullMarked;
