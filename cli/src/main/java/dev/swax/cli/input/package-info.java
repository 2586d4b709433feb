/**
 * Turns what the user typed into what it means: the file, its imports, settings of the command
 * line, and the chosen model or train block. Nothing here runs a model.
 */
@NullMarked
package dev.swax.cli.input;

import org.jspecify.annotations.NullMarked;
