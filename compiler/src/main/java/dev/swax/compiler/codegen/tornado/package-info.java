/** Prints planned models as Java classes whose methods are kernels of a TornadoVM device. */
@NullMarked
package dev.swax.compiler.codegen.tornado;

import org.jspecify.annotations.NullMarked;
