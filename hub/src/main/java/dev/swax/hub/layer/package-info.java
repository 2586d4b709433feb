/**
 * What a published model is made of: layers of several kinds, and their parts, each with its text
 * in swax and the places of its weights.
 */
@NullMarked
package dev.swax.hub.layer;

import org.jspecify.annotations.NullMarked;
