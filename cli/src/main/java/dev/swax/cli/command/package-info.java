/** One class a verb: its options, and what it prints. The work is done elsewhere. */
@NullMarked
package dev.swax.cli.command;

import org.jspecify.annotations.NullMarked;
