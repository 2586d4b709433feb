package dev.swax.runtime.train;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Draws the windows of each batch: one draw a batch, shared by all windows of the model. */
final class Windows {
  private final List<String> names;
  private final List<WindowSchedule> schedules;
  private final int[] test;
  private final long steps;
  private final RandomStream stream;

  Windows(Recipe recipe, List<String> names) {
    this.names = List.copyOf(names);
    this.schedules = names.stream().map(name -> present(recipe.windows(), name)).toList();
    this.test = names.stream().mapToInt(name -> present(recipe.testWindows(), name)).toArray();
    this.steps = recipe.steps();
    this.stream = new RandomStream(recipe.seed(), "window");
  }

  private static <T> T present(SequencedMap<String, T> values, String name) {
    T value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the recipe has no window called " + name);
    }
    return value;
  }

  RandomStream stream() {
    return stream;
  }

  /** The windows of the batch of a step, counted from 0, in the order of the program's names. */
  int[] draw(long step) {
    double draw = stream.nextDouble();
    return schedules.stream().mapToInt(schedule -> schedule.at(step, steps, draw)).toArray();
  }

  int[] test() {
    return test.clone();
  }

  SequencedMap<String, Integer> byName(int[] windows) {
    SequencedMap<String, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < windows.length; i++) {
      map.put(names.get(i), windows[i]);
    }
    return map;
  }
}
