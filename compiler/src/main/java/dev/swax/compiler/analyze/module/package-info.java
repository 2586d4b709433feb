/** A file and its imports, loaded once each. */
@NullMarked
package dev.swax.compiler.analyze.module;

import org.jspecify.annotations.NullMarked;
