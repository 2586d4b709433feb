package dev.swax.compiler.analyze.part.body;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The names of the weights of one part. */
public final class WeightNames {
  private final Set<String> taken = new LinkedHashSet<>();
  private final SequencedSet<String> own = new LinkedHashSet<>();
  private boolean owning;

  WeightNames() {}

  /** Those that each place has for itself, also where the part is shared. */
  public SequencedSet<String> own() {
    return own;
  }

  /** What is made here has weights that each place has for itself. */
  <T extends @Nullable Object> T own(Supplier<T> made) {
    boolean before = owning;
    owning = true;
    try {
      return made.get();
    } finally {
      owning = before;
    }
  }

  /** A name that nothing else has, with any of the suffixes. */
  String fresh(String wanted, String... suffixes) {
    for (int i = 1; ; i++) {
      String name = i == 1 ? wanted : wanted + "_" + i;
      var all = new ArrayList<>(List.of(name));
      for (String suffix : suffixes) {
        all.add(name + suffix);
      }
      if (all.stream().noneMatch(taken::contains)) {
        taken.addAll(all);
        if (owning) {
          own.addAll(all);
        }
        return name;
      }
    }
  }
}
