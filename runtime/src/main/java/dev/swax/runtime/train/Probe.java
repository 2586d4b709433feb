package dev.swax.runtime.train;

import java.util.SequencedMap;

/** Looks into a model between two steps of its training, of which it changes nothing. */
@FunctionalInterface
public interface Probe {
  /** The whole, over all layers, and after it the parts, which begin so. */
  String LAYERS = "layers.";

  /** What it finds, by name. */
  SequencedMap<String, Double> measure();
}
