package dev.swax.runtime;

import java.util.Optional;

/** What names of files may not hold. */
public final class FileNames {
  private FileNames() {}

  /** Why a name cannot be used: a control character in it would end a line of what names it. */
  public static Optional<String> fault(String name) {
    int control = name.codePoints().filter(Visible::isControl).findFirst().orElse(-1);
    return control < 0
        ? Optional.empty()
        : Optional.of(
            "the name of the file `%s` holds a control character, %s"
                .formatted(Visible.spelled(name), Visible.codePoint(control)));
  }

  /** Refuses such a name. */
  public static void requirePlain(String name) {
    fault(name)
        .ifPresent(fault -> {
          throw new UserError(fault, "rename it");
        });
  }
}
