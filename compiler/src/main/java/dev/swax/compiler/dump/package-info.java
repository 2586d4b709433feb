/**
 * Prints what the compiler has made of a file after each of its stages. It reads every stage and
 * changes none.
 */
@NullMarked
package dev.swax.compiler.dump;

import org.jspecify.annotations.NullMarked;
