package dev.swax.runtime.task.text.babi;

import dev.swax.runtime.random.RandomStream;
import java.util.List;

/**
 * Three places in a line. Two statements say how the middle one lies to its neighbours, each from
 * either end, in either order; the question is about the middle one in either direction.
 */
final class Directions {
  private Directions() {}

  static Story draw(RandomStream random) {
    int[] order = random.permutation(World.PLACES.size());
    String first = World.PLACES.get(order[0]);
    String middle = World.PLACES.get(order[1]);
    String last = World.PLACES.get(order[2]);
    boolean vertical = random.nextInt(2) == 0;
    String forward = vertical ? "north" : "east";
    String backward = vertical ? "south" : "west";
    String one = statement(first, forward, backward, middle, random);
    String two = statement(middle, forward, backward, last, random);
    List<String> facts = random.nextInt(2) == 0 ? List.of(one, two) : List.of(two, one);
    return switch (random.nextInt(4)) {
      case 0 -> new Story(facts, "What is the %s %s of?".formatted(middle, forward), last);
      case 1 -> new Story(facts, "What is the %s %s of?".formatted(middle, backward), first);
      case 2 -> new Story(facts, "What is %s of the %s?".formatted(forward, middle), first);
      default -> new Story(facts, "What is %s of the %s?".formatted(backward, middle), last);
    };
  }

  /** {@code a} lies forward of {@code b}. */
  private static String statement(
      String a, String forward, String backward, String b, RandomStream random) {
    return random.nextInt(2) == 0
        ? "The %s is %s of the %s.".formatted(a, forward, b)
        : "The %s is %s of the %s.".formatted(b, backward, a);
  }
}
