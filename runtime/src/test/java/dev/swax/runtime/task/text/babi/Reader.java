package dev.swax.runtime.task.text.babi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers questions by reading the words of a story, and fails where its world is impossible. */
final class Reader {
  private static final Pattern MOVE =
      Pattern.compile("(\\w+) (?:moved|went|went back|journeyed|travelled) to the (\\w+)\\.");
  private static final Pattern GET =
      Pattern.compile("(\\w+) (?:got|took|grabbed|picked up) the (\\w+)(?: there)?\\.");
  private static final Pattern DROP =
      Pattern.compile("(\\w+) (?:dropped|discarded|put down|left) the (\\w+)(?: there)?\\.");
  private static final Pattern GIVE =
      Pattern.compile("(\\w+) (?:gave|handed|passed) the (\\w+) to (\\w+)\\.");
  private static final Pattern LIES =
      Pattern.compile("The (\\w+) is (north|south|east|west) of the (\\w+)\\.");
  private static final Map<String, String> OPPOSITE =
      Map.of("north", "south", "south", "north", "east", "west", "west", "east");

  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<String, String> holders = new LinkedHashMap<>();
  private final Map<String, List<String>> histories = new LinkedHashMap<>();
  private final List<List<String>> gifts = new ArrayList<>();
  private final Map<String, String> neighbours = new LinkedHashMap<>();

  static @Nullable String answer(Story story) {
    Reader reader = new Reader();
    story.facts().forEach(reader::read);
    return reader.answer(story.question());
  }

  private void read(String fact) {
    MatchResult[] found = new MatchResult[1];
    if (matches(MOVE, fact, found)) {
      String person = found[0].group(1);
      String to = found[0].group(2);
      require(!to.equals(places.put(person, to)), fact);
      holders.forEach((object, holder) -> visit(holder.equals(person), object, to));
    } else if (matches(GET, fact, found)) {
      String person = found[0].group(1);
      String object = found[0].group(2);
      require(!holders.containsKey(object), fact);
      requireSamePlace(places.get(person), history(object), fact);
      holders.put(object, person);
      visit(places.containsKey(person), object, String.valueOf(places.get(person)));
    } else if (matches(DROP, fact, found)) {
      require(found[0].group(1).equals(holders.remove(found[0].group(2))), fact);
    } else if (matches(GIVE, fact, found)) {
      String giver = found[0].group(1);
      String object = found[0].group(2);
      String receiver = found[0].group(3);
      require(giver.equals(holders.put(object, receiver)) && !giver.equals(receiver), fact);
      if (places.containsKey(giver) && places.containsKey(receiver)) {
        require(places.get(giver).equals(places.get(receiver)), fact);
      }
      gifts.add(List.of(giver, object, receiver));
    } else if (matches(LIES, fact, found)) {
      String direction = found[0].group(2);
      neighbours.put(direction + " of " + found[0].group(3), found[0].group(1));
      neighbours.put(OPPOSITE.get(direction) + " of " + found[0].group(1), found[0].group(3));
    } else {
      throw new AssertionError("nobody says: " + fact);
    }
  }

  private @Nullable String answer(String question) {
    String[] words = question.replace("?", "").split(" ");
    if (question.startsWith("Where is the ")) {
      return history(words[3]).getLast();
    }
    if (question.startsWith("Where is ")) {
      return places.get(words[2]);
    }
    if (question.startsWith("Where was the ")) {
      List<String> history = history(words[3]);
      require(history.getLast().equals(words[6]), question);
      return history.get(history.size() - 2);
    }
    if (question.startsWith("What is the ")) {
      return neighbours.get(OPPOSITE.get(words[4]) + " of " + words[3]);
    }
    if (question.startsWith("What is ")) {
      return neighbours.get(words[2] + " of " + words[5]);
    }
    return gift(question, words);
  }

  private String gift(String question, String[] words) {
    for (List<String> gift : gifts.reversed()) {
      boolean named =
          List.of(words).stream()
              .filter(w -> w.matches("Bill|Fred|Jeff|Mary|apple|football|milk"))
              .allMatch(gift::contains);
      if (named && question.startsWith("What did")) {
        return gift.get(1);
      }
      if (named) {
        return question.contains("received") || question.contains("did")
            ? gift.get(2)
            : gift.get(0);
      }
    }
    throw new AssertionError("no gift: " + question);
  }

  private List<String> history(String object) {
    return histories.computeIfAbsent(object, _ -> new ArrayList<>());
  }

  private void visit(boolean known, String object, String place) {
    if (known && (history(object).isEmpty() || !history(object).getLast().equals(place))) {
      history(object).add(place);
    }
  }

  private static void requireSamePlace(@Nullable String place, List<String> history, String fact) {
    require(place == null || history.isEmpty() || history.getLast().equals(place), fact);
  }

  private static boolean matches(Pattern pattern, String fact, MatchResult[] found) {
    var matcher = pattern.matcher(fact);
    found[0] = matcher;
    return matcher.matches();
  }

  private static void require(boolean holds, String fact) {
    if (!holds) {
      throw new AssertionError("impossible: " + fact);
    }
  }
}
