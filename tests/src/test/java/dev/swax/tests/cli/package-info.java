/** The command line, as a person meets it: exit codes, messages, files. */
@NullMarked
package dev.swax.tests.cli;

import org.jspecify.annotations.NullMarked;
