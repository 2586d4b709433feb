package dev.swax.runtime.task.text.babi;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.text.Words;
import java.util.List;

/** How bAbI 1.2 words its statements. */
final class Wording {
  private static final List<String> MOVES =
      List.of("moved to", "went to", "went back to", "journeyed to", "travelled to");
  private static final List<String> GETS = List.of("got", "took", "grabbed", "picked up");
  private static final List<String> DROPS = List.of("dropped", "discarded", "put down", "left");
  private static final List<String> GIVES = List.of("gave", "handed", "passed");

  private Wording() {}

  static String move(String person, String place, RandomStream random) {
    return "%s %s the %s.".formatted(person, Words.pick(MOVES, random), place);
  }

  static String act(Act act, RandomStream random) {
    return switch (act) {
      case Act.Get(String person, String object) -> here(person, GETS, object, random);
      case Act.Drop(String person, String object) -> here(person, DROPS, object, random);
      case Act.Give(String person, String object, String receiver) ->
          "%s %s the %s to %s.".formatted(person, Words.pick(GIVES, random), object, receiver);
    };
  }

  private static String here(
      String person, List<String> verbs, String object, RandomStream random) {
    String verb = Words.pick(verbs, random);
    return "%s %s the %s%s."
        .formatted(person, verb, object, random.nextInt(2) == 0 ? "" : " there");
  }
}
