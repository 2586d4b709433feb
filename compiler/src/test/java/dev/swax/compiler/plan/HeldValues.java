package dev.swax.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What each column of scratch and each other place holds while the steps of a pass run. */
final class HeldValues {
  /** A value of a pass, in its place. */
  private record Held(Place place, ValueId value) {}

  private final Map<Integer, Held> columns = new LinkedHashMap<>();
  private final Map<Place, ValueId> places = new LinkedHashMap<>();

  /** Runs steps of a pass; all that they read must be there. */
  void run(GraphPlan pass, Iterable<Step> steps) {
    var values = new StepValues(pass.graph());
    for (Step step : steps) {
      Set<ValueId> outputs = new LinkedHashSet<>(values.outputs(step));
      values.reads(step).stream()
          .filter(pass.places()::containsKey)
          .filter(read -> !outputs.contains(read))
          .forEach(read -> requireThere(pass.place(read), read, step));
      outputs.forEach(output -> put(pass.place(output), output));
    }
  }

  /** What lies outside of scratch. */
  Map<Place, ValueId> kept() {
    return new LinkedHashMap<>(places);
  }

  /** Other blocks have used it. */
  void forgetScratch() {
    columns.clear();
  }

  /**
   * The pass is over: what lies in a place is an input of the other pass, which has other numbers
   * for it.
   */
  void enter(GraphPlan pass) {
    Map<Place, ValueId> inputs = new LinkedHashMap<>();
    pass.graph().nodes().stream()
        .filter(node -> node.operands().isEmpty() && pass.places().containsKey(node.id()))
        .forEach(node -> inputs.put(pass.place(node.id()), node.id()));
    columns.replaceAll((_, held) -> {
      ValueId input = inputs.get(held.place());
      return input == null ? held : new Held(held.place(), input);
    });
    places.clear();
  }

  private void requireThere(Place place, ValueId read, Step step) {
    if (place instanceof Place.Scratch scratch) {
      for (int c = scratch.offset(); c < scratch.offset() + scratch.columns(); c++) {
        assertThat(columns.get(c)).as("%s reads %s", step, read).isEqualTo(new Held(place, read));
      }
    } else {
      assertThat(places.getOrDefault(place, read)).as("%s reads", step).isEqualTo(read);
    }
  }

  private void put(Place place, ValueId output) {
    if (place instanceof Place.Scratch scratch) {
      for (int c = scratch.offset(); c < scratch.offset() + scratch.columns(); c++) {
        columns.put(c, new Held(place, output));
      }
    } else {
      places.put(place, output);
    }
  }
}
