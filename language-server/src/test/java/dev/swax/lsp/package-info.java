/** The server, asked by a client of its own over pipes. */
@NullMarked
package dev.swax.lsp;

import org.jspecify.annotations.NullMarked;
