/**
 * RULER's eight needle tasks (Hsieh et al., "RULER: What's the real context size of your
 * long-context language models?", 2024): sentences that give values to keys are hidden in a long
 * text, and the values of some keys are asked for. The structure is RULER's; words, sentences and
 * texts are ours.
 */
@NullMarked
package dev.swax.runtime.task.text.needle;

import org.jspecify.annotations.NullMarked;
