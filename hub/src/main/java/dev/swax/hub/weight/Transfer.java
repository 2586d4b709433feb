package dev.swax.hub.weight;

import dev.swax.runtime.UserError;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Copies numbers along links: the same places, in one direction and in the other. */
public final class Transfer {
  /** Of rows and columns at a time, so that both sides stay in the cache. */
  private static final int TILE = 64;

  private Transfer() {}

  /** Fills a parameter from the tensors that have its numbers. */
  public static void in(
      WeightTable table, String parameter, Tensor into, Function<String, Numbers> published) {
    for (Link link : table.byParameter().getOrDefault(parameter, List.of())) {
      Numbers from = published.apply(link.published());
      Layout layout = link.layout();
      long first = (long) layout.firstRow() * layout.columns();
      float plus = (float) link.plus();
      each(
          layout,
          (here, there) -> {
            float value = from.at(there);
            if (!Float.isFinite(value)) {
              throw notFinite(table, link.published(), there, value);
            }
            into.set(first + here, value + plus);
          });
    }
  }

  /** Fills a published tensor from the parameters that have its numbers. */
  public static void out(
      WeightTable table, String published, Tensor into, Function<String, Numbers> parameters) {
    for (Link link : table.byTensor().getOrDefault(published, List.of())) {
      Numbers from = parameters.apply(link.parameter());
      long first = (long) link.layout().firstRow() * link.layout().columns();
      float plus = (float) link.plus();
      each(
          link.layout(),
          (here, there) -> {
            float value = from.at(first + here);
            if (!Float.isFinite(value)) {
              throw notFinite(table, published, there, value);
            }
            into.set(there, value - plus);
          });
    }
  }

  @FunctionalInterface
  private interface Place {
    void accept(long here, long there);
  }

  private static void each(Layout layout, Place place) {
    int columns = layout.columns();
    for (int row = 0; row < layout.rows(); row += TILE) {
      for (int column = 0; column < columns; column += TILE) {
        for (int r = row; r < Math.min(row + TILE, layout.rows()); r++) {
          for (int c = column; c < Math.min(column + TILE, columns); c++) {
            place.accept((long) r * columns + c, layout.place(r, c));
          }
        }
      }
    }
  }

  /** The place of a number of a tensor in words: {@code [3, 7]}. */
  static String place(List<Long> shape, long index) {
    List<Long> place = new ArrayList<>();
    long rest = index;
    for (long size : shape.reversed()) {
      place.addFirst(rest % size);
      rest /= size;
    }
    return place.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  private static UserError notFinite(WeightTable table, String name, long index, float value) {
    List<Long> shape = table.shapes().getOrDefault(name, List.of());
    return new UserError(
        "`%s` holds %s at %s, but weights are finite numbers"
            .formatted(name, value, place(shape, index)),
        null);
  }
}
