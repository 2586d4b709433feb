/**
 * Files as documents: takes a file with its compression off, and gives the text of one document
 * after the other, in memory that does not grow with the file. It finds no files and makes no
 * tokens. Formats that need a library are services of another module.
 */
@NullMarked
package dev.swax.runtime.data.format;

import org.jspecify.annotations.NullMarked;
