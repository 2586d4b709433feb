/**
 * LongBench (Bai et al., 2023): its sixteen English and code sets with their measures, and the
 * multiple choice of LongBench v2. Records come from the user's files; the prompts are ours.
 */
@NullMarked
package dev.swax.runtime.task.text.longbench;

import org.jspecify.annotations.NullMarked;
