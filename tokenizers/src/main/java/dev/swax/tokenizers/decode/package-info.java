/**
 * The decoders of {@code tokenizer.json} files, one stage each, that give text as tokens come. They
 * know nothing of files and of the native library.
 */
@NullMarked
package dev.swax.tokenizers.decode;

import org.jspecify.annotations.NullMarked;
