package dev.swax.runtime.task.text;

import dev.swax.runtime.random.RandomStream;
import java.util.List;

/** Our own lists of short adjectives and nouns, each word once. */
public final class Words {
  private static final List<String> ADJECTIVES = Resources.lines("adjectives.txt");
  private static final List<String> NOUNS = Resources.lines("nouns.txt");

  private Words() {}

  public static List<String> adjectives() {
    return ADJECTIVES;
  }

  public static List<String> nouns() {
    return NOUNS;
  }

  /** {@code adjective-noun}, every pair equally likely. */
  public static String pair(RandomStream random) {
    return pick(ADJECTIVES, random) + "-" + pick(NOUNS, random);
  }

  /** One of the choices, each equally likely. */
  public static <T> T pick(List<T> choices, RandomStream random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
