/**
 * Programs that a model writes: HumanEval and MBPP. Whether one passes is for a command of the user
 * to say; swax runs no generated program itself.
 */
@NullMarked
package dev.swax.runtime.task.text.code;

import org.jspecify.annotations.NullMarked;
