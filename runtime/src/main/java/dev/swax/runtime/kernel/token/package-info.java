/** Embeddings and the loss over tokens. */
@NullMarked
package dev.swax.runtime.kernel.token;

import org.jspecify.annotations.NullMarked;
