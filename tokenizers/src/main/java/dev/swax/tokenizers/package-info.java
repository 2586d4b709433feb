/**
 * Tokenizers of {@code tokenizer.json} files. A native library makes tokens of text; its own text
 * is made of tokens here, token by token. Nothing else of the library's Java code is used: it would
 * look for devices and for the network.
 */
@NullMarked
package dev.swax.tokenizers;

import org.jspecify.annotations.NullMarked;
