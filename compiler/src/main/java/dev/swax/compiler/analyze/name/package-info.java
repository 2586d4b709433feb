/** Names of a file: declared once, found, used. */
@NullMarked
package dev.swax.compiler.analyze.name;

import org.jspecify.annotations.NullMarked;
