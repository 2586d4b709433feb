/**
 * Reads the bytecode of kernels, and finds what TornadoVM rejects and what it compiles wrongly
 * without a word. It loads no class and knows nothing of what kernels compute.
 */
@NullMarked
package dev.swax.tornado.lint;

import org.jspecify.annotations.NullMarked;
