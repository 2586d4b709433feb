/**
 * The peer: the benchmark's models as a careful PyTorch user would write them, on the official
 * libtorch with MKL and oneDNN.
 */
@NullMarked
package dev.swax.benchmarks.libtorch;

import org.jspecify.annotations.NullMarked;
