/** What the printers of generated programs share. */
@NullMarked
package dev.swax.compiler.codegen;

import org.jspecify.annotations.NullMarked;
