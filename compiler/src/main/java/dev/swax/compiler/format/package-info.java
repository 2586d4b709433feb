/**
 * The one shape of a `.swax` file. A syntax tree and its comments come in, text goes out; nothing
 * is resolved, and nothing can be configured.
 */
@NullMarked
package dev.swax.compiler.format;

import org.jspecify.annotations.NullMarked;
