/**
 * Published models, in and out: what a class of transformers is, and how its folders are read and
 * written.
 */
@NullMarked
package dev.swax.hub;

import org.jspecify.annotations.NullMarked;
