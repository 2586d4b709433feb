/**
 * How what is made by a call describes its arguments: their names and types, what holds where they
 * are not given, and how a value is read. It knows no language and nothing that is made.
 */
@NullMarked
package dev.swax.runtime.declare;

import org.jspecify.annotations.NullMarked;
