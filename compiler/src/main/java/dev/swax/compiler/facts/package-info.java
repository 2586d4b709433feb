/**
 * What a resolved model costs, before anything is allocated: parameters, operations, state, reach.
 * It reads {@link dev.swax.compiler.model.Architecture} only.
 */
@NullMarked
package dev.swax.compiler.facts;

import org.jspecify.annotations.NullMarked;
