package dev.swax.benchmarks.training;

import java.util.ArrayList;
import java.util.List;

/**
 * A weight that a model has, by the name that swax gives it. Matrices multiply from the right: x
 * [T, rows], W [rows, columns].
 */
public record WeightShape(String name, int rows, int columns) {

  /** Whether weight decay applies. */
  public boolean decayed() {
    return rows > 1;
  }

  public long size() {
    return (long) rows * columns;
  }

  /** Every weight of a model. */
  public static List<WeightShape> of(Setting.Model model) {
    var shapes = new ArrayList<WeightShape>();
    shapes.add(new WeightShape("embedding", Sizes.VOCABULARY, Sizes.WIDTH));
    List<Mixing> mixing = model.mixing();
    for (int block = 0; block < mixing.size(); block++) {
      addBlock("layers." + block + ".", mixing.get(block), shapes);
    }
    shapes.add(new WeightShape("norm", 1, Sizes.WIDTH));
    return shapes;
  }

  private static void addBlock(String block, Mixing mixing, List<WeightShape> shapes) {
    int width = Sizes.WIDTH;
    String mixer = block + mixing.mixer();
    shapes.add(new WeightShape(mixer + "_norm", 1, width));
    switch (mixing) {
      case WINDOW, FULL -> {
        for (String name : List.of(".q", ".k", ".v", ".out")) {
          shapes.add(new WeightShape(mixer + name, width, width));
        }
      }
      case MEMORY -> addMemory(mixer, shapes);
    }
    shapes.add(new WeightShape(block + "ffn_norm", 1, width));
    shapes.add(new WeightShape(block + "ffn.gate", width, Sizes.HIDDEN));
    shapes.add(new WeightShape(block + "ffn.up", width, Sizes.HIDDEN));
    shapes.add(new WeightShape(block + "ffn.down", Sizes.HIDDEN, width));
  }

  private static void addMemory(String mixer, List<WeightShape> shapes) {
    int width = Sizes.WIDTH;
    int keys = Sizes.HEADS * Sizes.KEY_WIDTH;
    int values = Sizes.HEADS * Sizes.VALUE_WIDTH;
    shapes.add(new WeightShape(mixer + ".q", width, keys));
    shapes.add(new WeightShape(mixer + ".k", width, keys));
    shapes.add(new WeightShape(mixer + ".v", width, values));
    shapes.add(new WeightShape(mixer + ".i", width, Sizes.HEADS));
    shapes.add(new WeightShape(mixer + ".i_bias", 1, Sizes.HEADS));
    shapes.add(new WeightShape(mixer + ".f", width, Sizes.HEADS));
    shapes.add(new WeightShape(mixer + ".f_bias", 1, Sizes.HEADS));
    shapes.add(new WeightShape(mixer + ".o", width, values));
    shapes.add(new WeightShape(mixer + ".norm", 1, values));
    shapes.add(new WeightShape(mixer + ".out", values, width));
  }
}
