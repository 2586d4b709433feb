/** One class for each verb: its options, and what it prints. Other packages do the work. */
@NullMarked
package dev.swax.cli.command;

import org.jspecify.annotations.NullMarked;
