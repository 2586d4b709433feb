package dev.swax.compiler.analyze.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;

/** What the columns of a grid are called, those whose model or training has an error too. */
final class GridHeadings {
  private record Heading(String label, List<String> axes) {}

  private final List<Heading> headings = new ArrayList<>();
  private boolean complete = true;

  void add(String label, SequencedSet<String> axes) {
    headings.add(new Heading(label, List.copyOf(axes)));
  }

  /** There are columns whose label is not known. */
  void miss() {
    complete = false;
  }

  /** Whether every column's label is known; otherwise one that is not here may be right. */
  boolean isComplete() {
    return complete;
  }

  /** In the order of the columns. */
  List<String> labels() {
    return headings.stream().map(Heading::label).toList();
  }

  /** Whether a {@code for} of some column binds the name. */
  boolean bind(String axis) {
    return headings.stream().anyMatch(heading -> heading.axes().contains(axis));
  }
}
