/** Matrix products by NVIDIA's cuBLAS, on TornadoVM's CUDA backend. */
@NullMarked
package dev.swax.tornado.cublas;

import org.jspecify.annotations.NullMarked;
