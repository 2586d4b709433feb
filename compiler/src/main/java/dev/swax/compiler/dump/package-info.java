/** Prints the result of each stage of the compiler. It reads every stage and changes none. */
@NullMarked
package dev.swax.compiler.dump;

import org.jspecify.annotations.NullMarked;
