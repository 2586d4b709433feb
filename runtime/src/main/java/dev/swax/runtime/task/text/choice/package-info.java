/**
 * Multiple choice from JSONL in the layouts of the Hugging Face hub: ARC, HellaSwag, PIQA, Social
 * IQa, WinoGrande, RACE. A record becomes contexts with continuations, whose log-likelihoods are
 * compared.
 */
@NullMarked
package dev.swax.runtime.task.text.choice;

import org.jspecify.annotations.NullMarked;
