/** Source text and places in it. */
@NullMarked
package dev.swax.compiler.source;

import org.jspecify.annotations.NullMarked;
