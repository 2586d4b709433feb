package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Needles as lines of their own, before lines that are drawn without replacement, so never after
 * the last; the first needle goes to the last of these places.
 */
record BetweenLines(List<String> needles, Lines lines, RandomStream random) implements Hiding {
  @Override
  public int least() {
    return needles.size();
  }

  @Override
  public String text(int units) {
    List<String> text = new ArrayList<>(lines.first(units));
    int next = 0;
    for (int place : Hiding.places(needles.size(), units, random).descendingSet()) {
      text.add(place, needles.get(next++));
    }
    return String.join("\n", text);
  }
}
