/**
 * A file as it was written: records with spans. Nothing is resolved; no rule of the language lives
 * here.
 */
@NullMarked
package dev.swax.compiler.syntax;

import org.jspecify.annotations.NullMarked;
