/**
 * The language server: what an editor asks for, answered from the compiler's own stages. Nothing
 * here parses or knows a key of the language.
 */
@NullMarked
package dev.swax.lsp;

import org.jspecify.annotations.NullMarked;
