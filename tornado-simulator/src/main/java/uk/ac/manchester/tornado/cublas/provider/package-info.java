/** How cuBLAS is called. */
@NullMarked
package uk.ac.manchester.tornado.cublas.provider;

import org.jspecify.annotations.NullMarked;
