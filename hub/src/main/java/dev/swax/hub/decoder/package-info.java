/**
 * What most published models are: layers of attention and a gated feed-forward. A class says what
 * of it is in its config.json; the swax text, the table of weights and the way back are made here.
 */
@NullMarked
package dev.swax.hub.decoder;

import org.jspecify.annotations.NullMarked;
