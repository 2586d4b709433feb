/**
 * {@code hf("tokenizer.json")}: what the language knows of tokenizers that are read from files, and
 * what a module must offer that makes them. Nothing is loaded before one is asked for.
 */
@NullMarked
package dev.swax.runtime.token.hf;

import org.jspecify.annotations.NullMarked;
