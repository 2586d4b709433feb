/**
 * Formats and compressions of text that need a library: Parquet and zstd. They are services, which
 * {@code TextFormats} of the runtime finds; nothing else knows this module.
 */
@NullMarked
package dev.swax.formats;

import org.jspecify.annotations.NullMarked;
