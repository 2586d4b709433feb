package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.DidYouMean;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The help line for a name that nothing has; one letter is too little to guess from. */
final class Suggestion {
  private Suggestion() {}

  /** {@code did you mean `decay'`?} with the suffix {@code '}, or null if nothing is near. */
  static @Nullable String help(String name, Collection<String> known, String suffix) {
    return name.length() < 2
        ? null
        : DidYouMean.nearest(name, known)
            .map(near -> "did you mean `%s%s`?".formatted(near, suffix))
            .orElse(null);
  }
}
