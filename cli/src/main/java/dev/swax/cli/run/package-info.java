/**
 * Trains, resumes and uses models: it chooses the program, the text and the folder. It connects the
 * compiled program with the loops of the runtime, and computes nothing itself.
 */
@NullMarked
package dev.swax.cli.run;

import org.jspecify.annotations.NullMarked;
