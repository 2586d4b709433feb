/**
 * Replaces files safely: either the complete old file or the complete new file is there, and
 * nothing is deleted before the new file is on the disk. This package does not know what the files
 * contain.
 */
@NullMarked
package dev.swax.runtime.file;

import org.jspecify.annotations.NullMarked;
