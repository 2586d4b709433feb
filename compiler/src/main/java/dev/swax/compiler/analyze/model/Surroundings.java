package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Value;

/**
 * What a part may know of the model that it is in.
 *
 * @param layer that it is in, from 0
 * @param norm of the model
 */
record Surroundings(int width, int blocks, int layer, Value norm, ModelWindows windows) {}
