package dev.swax.runtime.task.text;

import java.util.ArrayList;
import java.util.List;

/** The sentences of a background from one place on, each asked for once. */
public final class Passage {
  private final Background background;
  private final int start;
  private final List<String> sentences = new ArrayList<>();

  public Passage(Background background, int start) {
    this.background = background;
    this.start = start;
  }

  /** The first {@code count} sentences. */
  public List<String> first(int count) {
    while (sentences.size() < count) {
      sentences.add(background.sentence(Math.floorMod(start + sentences.size(), 1 << 30)));
    }
    return sentences.subList(0, count);
  }
}
