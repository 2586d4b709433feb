package dev.swax.runtime.task.text.needle;

import dev.swax.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Needles with random keys, none of which is a key of the sample, and random values. */
final class Distractors implements Lines {
  private final NeedleKind kind;
  private final NeedleOptions options;
  private final Set<String> keys;
  private final RandomStream random;
  private final List<String> made = new ArrayList<>();

  Distractors(NeedleKind kind, NeedleOptions options, Set<String> keys, RandomStream random) {
    this.kind = kind;
    this.options = options;
    this.keys = keys;
    this.random = random.child("distractors");
  }

  @Override
  public List<String> first(int count) {
    while (made.size() < count) {
      String key = kind.key().draw(random, options.digits());
      String value = kind.value().draw(random, options.digits());
      if (!keys.contains(key)) {
        made.add(options.frame().needle(kind.value(), key, value));
      }
    }
    return made.subList(0, count);
  }
}
