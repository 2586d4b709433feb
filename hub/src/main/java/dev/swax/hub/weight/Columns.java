package dev.swax.hub.weight;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In which order a published tensor has the columns of heads: column i of a head here is column
 * {@code places[i]} of that head there.
 *
 * @param stride from one head to the next there
 */
public record Columns(List<Integer> places, int stride) {
  /** As they are. */
  public static final Columns SAME = new Columns(List.of(), 0);

  public Columns {
    places = List.copyOf(places);
  }

  /** Pairs of neighbours here, of halves there; what is not turned stays. */
  public static Columns neighboursToHalves(int head, int turned) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < head; i++) {
      places.add(i >= turned ? i : i / 2 + i % 2 * (turned / 2));
    }
    return new Columns(places, head);
  }

  /** Pairs of halves here, of neighbours there. */
  public static Columns halvesToNeighbours(int head, int turned) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < head; i++) {
      places.add(i >= turned ? i : 2 * (i % (turned / 2)) + i / (turned / 2));
    }
    return new Columns(places, head);
  }

  /** As they are within a head, where heads have other columns between them there. */
  public static Columns apart(int head, int stride) {
    return new Columns(IntStream.range(0, head).boxed().toList(), stride);
  }

  /** The same, of heads of that many columns, with other columns between them there. */
  public Columns spread(int head, int between) {
    return places.isEmpty() ? apart(head, between) : new Columns(places, between);
  }

  int of(int column) {
    int head = places.size();
    return head == 0 ? column : column / head * stride + places.get(column % head);
  }
}
