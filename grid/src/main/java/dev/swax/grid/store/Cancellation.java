package dev.swax.grid.store;

import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A file that ends the runners of a grid, wherever they run. Each request writes another word into
 * it, so nobody has to delete it, and a runner that begins later is not meant.
 */
public record Cancellation(Path file) {
  private static final String NONE = "";

  /** Ends the runners that run now. */
  public void request() {
    Json.write(file, UUID.randomUUID() + "\n");
  }

  /** Whether a request has come since now. */
  public BooleanSupplier since() {
    String before = word();
    return () -> !word().equals(before);
  }

  /** A file that cannot be read for the moment is no request. */
  private String word() {
    try {
      return Json.text(file).orElse(NONE);
    } catch (UserError e) {
      return NONE;
    }
  }
}
