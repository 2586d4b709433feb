/** Grids as manifests for Kubernetes: text only, nothing is started or asked. */
@NullMarked
package dev.swax.grid.kubernetes;

import org.jspecify.annotations.NullMarked;
