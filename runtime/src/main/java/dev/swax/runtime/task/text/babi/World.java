package dev.swax.runtime.task.text.babi;

import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.task.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Six places, three objects and four people, all somewhere from the start, of which nobody is told.
 * A move changes the place; to take an object one must be where it lies; to drop or give it one
 * must hold it; to give it, both must be in one place.
 */
final class World {
  static final List<String> PLACES =
      List.of("bedroom", "kitchen", "garden", "hallway", "bathroom", "office");
  static final List<String> OBJECTS = List.of("apple", "football", "milk");

  private final RandomStream random;
  private final List<String> people;
  private final List<String> statements = new ArrayList<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<String, String> holders = new LinkedHashMap<>();
  private final Map<String, String> told = new LinkedHashMap<>();
  private final Map<String, List<String>> histories = new LinkedHashMap<>();

  World(List<String> people, RandomStream random) {
    this.people = people;
    this.random = random;
    for (String person : people) {
      places.put(person, Words.pick(PLACES, random));
    }
    for (String object : OBJECTS) {
      places.put(object, Words.pick(PLACES, random));
      histories.put(object, new ArrayList<>());
    }
  }

  /** All that was told so far. */
  List<String> statements() {
    return statements;
  }

  /** People whose place was told, in the order in which it was told first. */
  List<String> found() {
    return List.copyOf(told.keySet());
  }

  /** Where a person is, if it was told. */
  Optional<String> place(String person) {
    return Optional.ofNullable(told.get(person));
  }

  /** The places of an object that follow from what was told; neighbours differ. */
  List<String> history(String object) {
    return List.copyOf(histories.getOrDefault(object, List.of()));
  }

  /** A random person moves. */
  void move() {
    String person = Words.pick(people, random);
    String from = places.get(person);
    String to = Words.pick(PLACES.stream().filter(place -> !place.equals(from)).toList(), random);
    places.put(person, to);
    told.put(person, to);
    statements.add(Wording.move(person, to, random));
    holders.forEach((object, holder) -> {
      if (holder.equals(person)) {
        visit(object, to);
      }
    });
  }

  /**
   * With probability 2/3 a random one of the acts that are possible and wanted; a move where there
   * is none, and otherwise.
   */
  Optional<Act> step(Predicate<Act> wanted) {
    boolean acts = random.nextInt(3) < 2;
    List<Act> possible = acts ? possible().stream().filter(wanted).toList() : List.of();
    if (possible.isEmpty()) {
      move();
      return Optional.empty();
    }
    Act act = Words.pick(possible, random);
    perform(act);
    return Optional.of(act);
  }

  private List<Act> possible() {
    List<Act> acts = new ArrayList<>();
    for (String object : OBJECTS) {
      String holder = holders.get(object);
      if (holder == null) {
        for (String person : people) {
          if (together(person, object)) {
            acts.add(new Act.Get(person, object));
          }
        }
      } else {
        acts.add(new Act.Drop(holder, object));
        for (String person : people) {
          if (!person.equals(holder) && together(person, holder)) {
            acts.add(new Act.Give(holder, object, person));
          }
        }
      }
    }
    return acts;
  }

  private boolean together(String one, String other) {
    return String.valueOf(places.get(one)).equals(places.get(other));
  }

  private void perform(Act act) {
    statements.add(Wording.act(act, random));
    switch (act) {
      case Act.Get(String person, String object) -> {
        holders.put(object, person);
        place(person).ifPresent(place -> visit(object, place));
      }
      case Act.Drop(String person, String object) -> {
        holders.remove(object);
        places.put(object, String.valueOf(places.get(person)));
      }
      case Act.Give(_, String object, String receiver) -> {
        holders.put(object, receiver);
        place(receiver).ifPresent(place -> visit(object, place));
      }
    }
  }

  private void visit(String object, String place) {
    List<String> history = histories.computeIfAbsent(object, _ -> new ArrayList<>());
    if (history.isEmpty() || !history.getLast().equals(place)) {
      history.add(place);
    }
  }
}
