package dev.swax.runtime.data.format;

import org.jspecify.annotations.Nullable;

/** Why a record cannot be used; it has no trace, because files may be full of them. */
final class Fault extends Exception {
  private static final long serialVersionUID = 1;

  private final String kind;
  private final @Nullable String help;

  /**
   * One of those that {@link Faults} takes.
   *
   * @param message goes on behind the place: {@code is not JSON}
   */
  Fault(String kind, String message, @Nullable String help) {
    super(message, null, false, false);
    this.kind = kind;
    this.help = help;
  }

  /** The same for all that are wrong alike. */
  String kind() {
    return kind;
  }

  @Nullable String help() {
    return help;
  }
}
