/**
 * What is wrong with a user's file: codes, the list of diagnostics, and the printed form. Other
 * packages decide what is wrong.
 */
@NullMarked
package dev.swax.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
