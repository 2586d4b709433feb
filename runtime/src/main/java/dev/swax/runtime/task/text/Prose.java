package dev.swax.runtime.task.text;

import dev.swax.runtime.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The background that comes with swax: plain English sentences without connection, each drawn from
 * a small grammar of our own ({@code prose.txt}). Sentence {@code index} depends on seed and index
 * alone. It is simpler than text that people wrote, and says so wherever its name is printed.
 */
public final class Prose implements Background {
  /** What tasks hide things in where no text is given. */
  public static final Background SHIPPED = new Prose(1);

  /** That, in words. */
  public static final String SHOWN = "made sentences";

  private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
  private static final Pattern BAR = Pattern.compile(" \\| ");

  /** Random values set aside for one sentence; none takes as many. */
  private static final int DRAWS = 1 << 10;

  private final long seed;
  private final RandomStream random;

  public Prose(long seed) {
    this.seed = seed;
    this.random = new RandomStream(seed, "task/prose");
  }

  @Override
  public synchronized String sentence(int index) {
    random.seek((long) index * DRAWS);
    String sentence = expand("sentence");
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  @Override
  public String describe() {
    return "prose(seed: %s)".formatted(seed);
  }

  @Override
  public int starts() {
    return 1 << 20;
  }

  /** A choice of the rule with every slot filled. */
  private String expand(String rule) {
    Matcher slots = SLOT.matcher(Words.pick(choices(rule), random));
    StringBuilder text = new StringBuilder();
    while (slots.find()) {
      slots.appendReplacement(text, Matcher.quoteReplacement(expand(slots.group(1))));
    }
    return slots.appendTail(text).toString();
  }

  private static List<String> choices(String rule) {
    return Objects.requireNonNull(Grammar.RULES.get(rule), rule);
  }

  /** Read when the first sentence is needed. */
  private static final class Grammar {
    static final Map<String, List<String>> RULES = rules();

    private static Map<String, List<String>> rules() {
      Map<String, List<String>> rules = new LinkedHashMap<>();
      for (String line : Resources.lines("prose.txt")) {
        int equals = line.indexOf(" = ");
        rules.put(line.substring(0, equals), List.of(BAR.split(line.substring(equals + 3))));
      }
      return rules;
    }
  }
}
