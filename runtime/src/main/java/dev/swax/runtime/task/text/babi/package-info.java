/**
 * BABILong (Kuratov et al., 2024): facts of a small simulated world (bAbI, Weston et al., 2015) lie
 * between the sentences of an unrelated text, and a question is asked about them. The world, its
 * rules and the wording of its statements are those of bAbI 1.2; the simulator and the prompts are
 * ours.
 */
@NullMarked
package dev.swax.runtime.task.text.babi;

import org.jspecify.annotations.NullMarked;
