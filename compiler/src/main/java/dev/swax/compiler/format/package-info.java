/**
 * The formatter of {@code .swax} files. A syntax tree and its comments come in, text goes out.
 * Nothing is resolved, and there are no options.
 */
@NullMarked
package dev.swax.compiler.format;

import org.jspecify.annotations.NullMarked;
