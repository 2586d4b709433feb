/**
 * What is wrong with a user's file: codes, collection and the printed form. Nothing here decides;
 * it only carries and prints.
 */
@NullMarked
package dev.swax.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
