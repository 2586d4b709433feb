/** Gradients: a graph in, the same graph followed by its gradients out. */
@NullMarked
package dev.swax.compiler.autodiff;

import org.jspecify.annotations.NullMarked;
