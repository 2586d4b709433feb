/**
 * Files that last: what is replaced is replaced whole, and nothing is deleted before its
 * replacement is on the disk. Knows nothing of what the files hold.
 */
@NullMarked
package dev.swax.runtime.file;

import org.jspecify.annotations.NullMarked;
