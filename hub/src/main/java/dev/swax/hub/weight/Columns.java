package dev.swax.hub.weight;

import java.util.ArrayList;
import java.util.List;

/**
 * In which order a published tensor has the columns of a head: column i here is column {@code
 * places[i]} there.
 */
public record Columns(List<Integer> places) {
  /** As they are. */
  public static final Columns SAME = new Columns(List.of());

  public Columns {
    places = List.copyOf(places);
  }

  /** Pairs of neighbours here, of halves there; what is not turned stays. */
  public static Columns neighboursToHalves(int head, int turned) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < head; i++) {
      places.add(i >= turned ? i : i / 2 + i % 2 * (turned / 2));
    }
    return new Columns(places);
  }

  /** Pairs of halves here, of neighbours there. */
  public static Columns halvesToNeighbours(int head, int turned) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < head; i++) {
      places.add(i >= turned ? i : 2 * (i % (turned / 2)) + i / (turned / 2));
    }
    return new Columns(places);
  }

  int of(int column) {
    int head = places.size();
    return head == 0 ? column : column / head * head + places.get(column % head);
  }
}
