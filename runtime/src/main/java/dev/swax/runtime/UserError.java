package dev.swax.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Something the user can put right: what is wrong with both facts, and what to type instead. The
 * command line prints it as one message and exits with 2.
 */
public class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final @Nullable String help;

  public UserError(String message, @Nullable String help) {
    super(message);
    this.help = help;
  }

  /** What to type instead, or null. */
  public @Nullable String help() {
    return help;
  }
}
