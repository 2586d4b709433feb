package dev.swax.hub;

import dev.swax.hub.weight.WeightTable;

/**
 * What a config.json means here.
 *
 * @param declarations text from the first cell to the model
 * @param weights of the model, whose parameters are called as this text calls them
 */
public record Blueprint(String declarations, WeightTable weights) {}
