/**
 * How a task describes itself: its name, its arguments with what holds where they are not given,
 * and how it is made of them. The analyzer reads this and knows no task by name.
 */
@NullMarked
package dev.swax.runtime.task.declare;

import org.jspecify.annotations.NullMarked;
