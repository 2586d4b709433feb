/**
 * Between text and tokens: what every tokenizer can do, the one of bytes, and tokens as they are
 * kept. A tokenizer of another kind is a package of its own below this one.
 */
@NullMarked
package dev.swax.runtime.token;

import org.jspecify.annotations.NullMarked;
