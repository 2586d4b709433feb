/**
 * What families of matrix states share: a matrix for each head, read as {@code q . S'}. Their
 * calls, their walk token by token and back, and the tiles of those whose rows decay by factors of
 * their own.
 */
@NullMarked
package dev.swax.runtime.kernel.matrix;

import org.jspecify.annotations.NullMarked;
