/**
 * The one class of snappy-java that the Parquet library asks for, written in Java. That library
 * does not look whether a page fits where it is unpacked to, and the native code of snappy-java
 * writes behind it: a damaged file could end the process, or worse.
 */
@NullMarked
package org.xerial.snappy;

import org.jspecify.annotations.NullMarked;
