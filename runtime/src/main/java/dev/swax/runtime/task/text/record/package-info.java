/**
 * JSONL files: one record in each line, and each field is read by its name and type. A mistake is
 * named with its place. Records for training are divided into training, validation and tests.
 */
@NullMarked
package dev.swax.runtime.task.text.record;

import org.jspecify.annotations.NullMarked;
