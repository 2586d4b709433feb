package dev.swax.runtime.data;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where tokens of large text are kept.
 *
 * @param root folder of all caches
 * @param least bytes of text from which its tokens are kept, where making them takes time
 * @param commit bytes of tokens behind which they are forced to the disk, and kept if the process
 *     ends
 * @param threads that make tokens
 * @param listener told how that goes
 */
public record Caching(Path root, long least, long commit, int threads, LoadListener listener) {
  /** The variable with the folder. */
  public static final String VARIABLE = "SWAX_CACHE";

  private static final long LEAST = 16 << 20;
  private static final long COMMIT = 64 << 20;

  /**
   * In the folder that {@code SWAX_CACHE} names, or in {@code swax} of the user's caches.
   *
   * @param folder that a relative path starts at
   */
  public static Caching of(Map<String, String> environment, Path folder, LoadListener listener) {
    return new Caching(
        root(environment, folder),
        LEAST,
        COMMIT,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        listener);
  }

  /** The folder of all that swax keeps and can make again. */
  public static Path root(Map<String, String> environment, Path folder) {
    String own = set(environment.get(VARIABLE));
    if (own != null) {
      return folder.resolve(own);
    }
    String caches = set(environment.get("XDG_CACHE_HOME"));
    return (caches == null ? home(environment).resolve(".cache") : folder.resolve(caches))
        .resolve("swax");
  }

  private static Path home(Map<String, String> environment) {
    String home = set(environment.get("HOME"));
    return Path.of(home == null ? System.getProperty("user.home", ".") : home);
  }

  private static @Nullable String set(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
