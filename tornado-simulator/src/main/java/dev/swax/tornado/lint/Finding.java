package dev.swax.tornado.lint;

/**
 * A construct that kernels must not have.
 *
 * @param method class and method
 * @param line of its source; 0 where that is unknown or the method as a whole is meant
 */
public record Finding(String method, int line, String message) {

  @Override
  public String toString() {
    return line == 0
        ? "%s: %s".formatted(method, message)
        : "%s, line %d: %s".formatted(method, line, message);
  }
}
