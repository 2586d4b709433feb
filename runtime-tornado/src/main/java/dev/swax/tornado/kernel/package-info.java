/**
 * Kernels for a device: static methods that tasks call, each thread of a grid once. Operands are
 * flat arrays with the index where they begin; sizes that vary are numbers, and with 0 rows nothing
 * is written. They know nothing of models, and their sums have a fixed order.
 */
@NullMarked
package dev.swax.tornado.kernel;

import org.jspecify.annotations.NullMarked;
