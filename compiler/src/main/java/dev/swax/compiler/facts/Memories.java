package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.Recurrence;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** How each memory of a model is trained, and why so, a line for each. */
public final class Memories {
  private static final String TOKEN_BY_TOKEN = ", token by token, in training too";

  private Memories() {}

  static List<String> of(Architecture architecture) {
    return memories(architecture).map(Memories::of).distinct().toList();
  }

  /** Those of the standard library that are trained token by token, and why so. */
  public static List<String> tokenByToken(Architecture architecture) {
    return memories(architecture)
        .filter(part -> part.span().file().isOfLibrary())
        .map(Memories::of)
        .filter(line -> line.contains(TOKEN_BY_TOKEN))
        .distinct()
        .toList();
  }

  private static Stream<Part> memories(Architecture architecture) {
    return architecture.layers().stream()
        .flatMap(layer -> layer.parts().stream())
        .filter(part -> part.recurrence() != null);
  }

  private static String of(Part part) {
    Recurrence recurrence = Objects.requireNonNull(part.recurrence());
    return part.name() + ", " + recurrence.words().getFirst();
  }
}
