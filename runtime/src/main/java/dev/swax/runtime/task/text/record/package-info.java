/**
 * JSONL files: one record a line, each field asked for by name and type; what is wrong is named.
 * Records that are trained on are divided among the purposes.
 */
@NullMarked
package dev.swax.runtime.task.text.record;

import org.jspecify.annotations.NullMarked;
