/** Generated source in, running programs out: javac in memory, and the class loader. */
@NullMarked
package dev.swax.compiler.load;

import org.jspecify.annotations.NullMarked;
