/**
 * Training state on disk: safetensors files, and the folder of a run's checkpoints. A checkpoint is
 * either complete or not there; a damaged one is detected.
 */
@NullMarked
package dev.swax.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
