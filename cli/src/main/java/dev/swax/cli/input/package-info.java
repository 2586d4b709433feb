/**
 * From what the user typed to what it means: the file, its imports, settings from outside, and the
 * model or train block that was chosen. Nothing here runs a model.
 */
@NullMarked
package dev.swax.cli.input;

import org.jspecify.annotations.NullMarked;
