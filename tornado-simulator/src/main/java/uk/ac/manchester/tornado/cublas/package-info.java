/** Products of NVIDIA's cuBLAS. */
@NullMarked
package uk.ac.manchester.tornado.cublas;

import org.jspecify.annotations.NullMarked;
