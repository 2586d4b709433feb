/**
 * Training state on disk: safetensors files and the folder that holds a run's checkpoints. A
 * checkpoint is there whole or not at all; what is torn is noticed.
 */
@NullMarked
package dev.swax.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
