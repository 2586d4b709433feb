/** The Java side of {@code benchmarks/tokenizers}: tokens beside those of the Python library. */
@NullMarked
package dev.swax.benchmarks.tokenizers;

import org.jspecify.annotations.NullMarked;
