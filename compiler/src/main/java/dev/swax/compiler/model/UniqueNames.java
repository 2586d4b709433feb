package dev.swax.compiler.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that are made unique by a number: {@code local}, {@code local_2}, {@code local_3}. */
public final class UniqueNames {
  private final Set<String> taken;
  private final Map<String, Integer> last = new LinkedHashMap<>();

  /** None of {@code reserved} is given. */
  public UniqueNames(String... reserved) {
    taken = new LinkedHashSet<>(List.of(reserved));
  }

  /** A name that was not given before: {@code wanted} if that is so of it. */
  public String fresh(String wanted) {
    String name = wanted;
    int number = last.getOrDefault(wanted, 1);
    if (number > 1) {
      name = wanted + "_" + number;
    }
    while (!taken.add(name)) {
      number++;
      name = wanted + "_" + number;
    }
    last.put(wanted, number);
    return name;
  }
}
