/**
 * The files of a published model's folder: its config.json, and tensors in one file or in shards.
 */
@NullMarked
package dev.swax.hub.folder;

import org.jspecify.annotations.NullMarked;
