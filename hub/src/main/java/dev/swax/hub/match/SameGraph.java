package dev.swax.hub.match;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Two graphs, walked side by side from their results. */
final class SameGraph {
  private final Values there;
  private final Values here;
  private final Map<ValueId, ValueId> matched = new LinkedHashMap<>();
  private final SequencedMap<String, String> parameters = new LinkedHashMap<>();

  SameGraph(Values there, Values here) {
    this.there = there;
    this.here = here;
  }

  /** The parameter of the second graph for each of the first that was met. */
  SequencedMap<String, String> parameters() {
    return parameters;
  }

  /** The first difference, in words; nothing where both values are the same. */
  Optional<String> match(ValueId first, ValueId second) {
    ValueId before = matched.get(first);
    if (before != null) {
      return before.equals(second)
          ? Optional.empty()
          : Optional.of(
              "one value where the model has two: %s and %s"
                  .formatted(place(here.node(before)), place(here.node(second))));
    }
    matched.put(first, second);
    Node one = there.node(first);
    Node two = here.node(second);
    if (!there.text(first).equals(here.text(second))
        || one.operands().size() != two.operands().size()) {
      return Optional.of(
          "%s, the model has %s"
              .formatted(GraphWords.of(there, first), GraphWords.of(here, second) + place(two)));
    }
    if (one.op() instanceof Op.Parameter(String name, _)
        && two.op() instanceof Op.Parameter(String other, _)) {
      parameters.put(name, other);
    }
    List<ValueId> operands = swapped(one, two) ? two.operands().reversed() : two.operands();
    for (int i = 0; i < operands.size(); i++) {
      Optional<String> difference = match(one.operand(i), operands.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** Whether a sum or product fits better with its operands in the other order. */
  private boolean swapped(Node one, Node two) {
    if (!Values.commutes(one)) {
      return false;
    }
    return fit(one.operands(), two.operands()) < fit(one.operands(), two.operands().reversed());
  }

  private long fit(List<ValueId> first, List<ValueId> second) {
    long fit = 0;
    for (int i = 0; i < first.size(); i++) {
      fit += there.kind(first.get(i)) == here.kind(second.get(i)) ? 2 : 0;
      fit += there.text(first.get(i)).equals(here.text(second.get(i))) ? 1 : 0;
    }
    return fit;
  }

  private static String place(Node node) {
    return node.origin() == null ? "" : " (" + node.origin() + ")";
  }
}
