/** {@code characters("abc")}: each character of the text is a token. */
@NullMarked
package dev.swax.runtime.token.characters;

import org.jspecify.annotations.NullMarked;
