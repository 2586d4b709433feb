/** The files of a tokenizer that transformers loads, of any tokenizer of the language. */
@NullMarked
package dev.swax.hub.tokenizer;

import org.jspecify.annotations.NullMarked;
