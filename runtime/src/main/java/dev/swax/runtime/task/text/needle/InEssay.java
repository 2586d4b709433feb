package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.text.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * Needles in their order at depths drawn without replacement from 40 percentages, evenly spaced and
 * rounded: 0, 3, 5, 8, ... 97, 100. At depth d a needle stands after {@code floor(n d / 100)} of n
 * sentences.
 */
record InEssay(List<String> needles, Passage passage, RandomStream random) implements Hiding {
  private static final int DEPTHS = 40;

  @Override
  public int least() {
    return 0;
  }

  @Override
  public String text(int units) {
    List<String> text = new ArrayList<>(passage.first(units));
    int placed = 0;
    for (int depth : Hiding.places(needles.size(), DEPTHS, random)) {
      long percent = Math.round(depth * 100.0 / (DEPTHS - 1));
      text.add((int) (units * percent / 100) + placed, needles.get(placed));
      placed++;
    }
    return String.join(" ", text);
  }
}
