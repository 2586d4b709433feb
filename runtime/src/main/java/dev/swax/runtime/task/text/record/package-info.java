/**
 * JSONL files: one record a line, each field asked for by name and type; what is wrong is named.
 */
@NullMarked
package dev.swax.runtime.task.text.record;

import org.jspecify.annotations.NullMarked;
