package dev.swax.hub.layer;

import dev.swax.hub.weight.WeightTable;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of layers.
 *
 * @param name in the list of layers of the text
 * @param places of its weights
 */
public record Layer(String name, List<Place> places) {
  /** Weights under their names within the layer. */
  public record Place(String there, String here, Weights weights) {}

  public Layer {
    places = List.copyOf(places);
  }

  public static Layer of(String name) {
    return new Layer(name, List.of());
  }

  /**
   * The same with a part.
   *
   * @param there what the names of its tensors begin with in the layer: {@code mamba.}
   * @param here what those of its parameters begin with: {@code memory.}
   */
  public Layer with(String there, String here, Weights weights) {
    List<Place> all = new ArrayList<>(places);
    all.add(new Place(there, here, weights));
    return new Layer(name, all);
  }

  void link(WeightTable.Builder table, String there, String here) {
    for (Place place : places) {
      place.weights().link(table, there + place.there(), here + place.here());
    }
  }
}
