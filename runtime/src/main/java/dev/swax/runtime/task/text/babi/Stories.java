package dev.swax.runtime.task.text.babi;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws stories. A story of bAbI asks five questions on its way; each makes a story here, of the
 * statements before it, and one of them is drawn.
 */
final class Stories {
  private static final int QUESTIONS = 5;
  private static final List<String> WALKERS = List.of("John", "Mary", "Sandra", "Daniel");
  private static final List<String> GIVERS = List.of("Bill", "Fred", "Jeff", "Mary");

  private Stories() {}

  static Story draw(BabiKind kind, RandomStream random) {
    int number = random.nextInt(QUESTIONS);
    return switch (kind) {
      case QA1 -> whereIsSomebody(number, random);
      case QA2 -> ofObjects(number, random, Stories::whereIsIt);
      case QA3 -> ofObjects(number, random, Stories::whereWasIt);
      case QA4 -> Directions.draw(random);
      case QA5 -> ofGifts(number, random);
    };
  }

  /** Two moves before each question. */
  private static Story whereIsSomebody(int number, RandomStream random) {
    World world = new World(WALKERS, random);
    for (int i = 0; i < 2 * (number + 1); i++) {
      world.move();
    }
    String person = Words.pick(world.found(), random);
    return new Story(
        world.statements(), "Where is %s?".formatted(person), world.place(person).orElseThrow());
  }

  /** Asks about the present state of a world, if there is something to ask. */
  private interface Asker {
    Optional<Story> ask(World world, RandomStream random);
  }

  /** After three statements or more, each time with probability 1/2, a question. */
  private static Story ofObjects(int number, RandomStream random, Asker asker) {
    World world = new World(WALKERS, random);
    int asked = 0;
    int sinceLast = 0;
    while (true) {
      world.step(act -> !(act instanceof Act.Give));
      sinceLast++;
      if (sinceLast >= 3 && random.nextInt(2) == 0) {
        Optional<Story> story = asker.ask(world, random);
        if (story.isPresent()) {
          if (asked == number) {
            return story.get();
          }
          asked++;
          sinceLast = 0;
        }
      }
    }
  }

  private static Optional<Story> whereIsIt(World world, RandomStream random) {
    return object(world, 1, random)
        .map(object ->
            new Story(
                world.statements(),
                "Where is the %s?".formatted(object),
                world.history(object).getLast()));
  }

  private static Optional<Story> whereWasIt(World world, RandomStream random) {
    return object(world, 2, random)
        .map(object -> {
          List<String> history = world.history(object);
          return new Story(
              world.statements(),
              "Where was the %s before the %s?".formatted(object, history.getLast()),
              history.get(history.size() - 2));
        });
  }

  /** A random object of which so many places are known. */
  private static Optional<String> object(World world, int places, RandomStream random) {
    List<String> known =
        World.OBJECTS.stream().filter(o -> world.history(o).size() >= places).toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(Words.pick(known, random));
  }

  /**
   * After a gift, up to five statements that are about neither its object nor the same two people,
   * then a question about it.
   */
  private static Story ofGifts(int number, RandomStream random) {
    World world = new World(GIVERS, random);
    for (int asked = 0; ; asked++) {
      Act.Give gift = gift(world);
      int more = random.nextInt(6);
      for (int i = 0; i < more; i++) {
        world.step(act -> !(act instanceof Act.Drop) && !touches(act, gift));
      }
      if (asked == number) {
        return about(gift, new ArrayList<>(world.statements()), random);
      }
    }
  }

  private static Act.Give gift(World world) {
    while (true) {
      Optional<Act> act = world.step(possible -> !(possible instanceof Act.Drop));
      if (act.isPresent() && act.get() instanceof Act.Give give) {
        return give;
      }
    }
  }

  private static boolean touches(Act act, Act.Give gift) {
    boolean sameTwo =
        act instanceof Act.Give other
            && List.of(other.person(), other.receiver()).contains(gift.person())
            && List.of(other.person(), other.receiver()).contains(gift.receiver());
    return sameTwo || act.object().equals(gift.object());
  }

  private static Story about(Act.Give gift, List<String> facts, RandomStream random) {
    String giver = gift.person();
    String object = gift.object();
    String receiver = gift.receiver();
    return switch (random.nextInt(5)) {
      case 0 -> new Story(facts, "What did %s give to %s?".formatted(giver, receiver), object);
      case 1 -> new Story(facts, "Who received the %s?".formatted(object), receiver);
      case 2 -> new Story(facts, "Who gave the %s?".formatted(object), giver);
      case 3 -> new Story(facts, "Who gave the %s to %s?".formatted(object, receiver), giver);
      default -> new Story(facts, "Who did %s give the %s to?".formatted(giver, object), receiver);
    };
  }
}
