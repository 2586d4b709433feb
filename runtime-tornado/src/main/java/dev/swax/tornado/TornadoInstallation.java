package dev.swax.tornado;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is of TornadoVM on this machine. */
public sealed interface TornadoInstallation {
  /** The variable that names the SDK's folder. */
  String VARIABLE = "TORNADOVM_HOME";

  /** Where the SDK keeps its classes. */
  String CLASSES = "share/java/tornado";

  /**
   * An SDK that is whole.
   *
   * @param api the jar that programs compile against
   */
  record Found(Path home, Path api) implements TornadoInstallation {}

  /** No SDK, or only parts of one: what is missing, and what to do. */
  record Missing(String message, String help) implements TornadoInstallation {}

  /** Whether this process can use TornadoVM: only one that was started with its flags can. */
  static boolean isLoaded() {
    return ModuleLayer.boot().findModule("tornado.runtime").isPresent();
  }

  /** Looks where the environment says. */
  static TornadoInstallation find(Map<String, String> environment) {
    @Nullable String home = environment.get(VARIABLE);
    if (home == null || home.isBlank()) {
      return new Missing(
          VARIABLE + " is not set",
          "install the SDK (`sdk install tornadovm`), then `export %s=...`".formatted(VARIABLE));
    }
    try {
      return find(Path.of(home));
    } catch (InvalidPathException e) {
      return new Missing("%s is `%s`, which is no path".formatted(VARIABLE, home), setIt());
    }
  }

  private static TornadoInstallation find(Path home) {
    if (!Files.isDirectory(home)) {
      return new Missing("%s is %s, which is no folder".formatted(VARIABLE, home), setIt());
    }
    Path classes = home.resolve(CLASSES);
    Optional<Path> api = jar(classes, "tornado-api");
    for (String part : List.of("tornado-api", "tornado-runtime")) {
      if (jar(classes, part).isEmpty()) {
        return new Missing("%s has no %s jar".formatted(classes, part), setIt());
      }
    }
    return new Found(home, api.orElseThrow());
  }

  private static Optional<Path> jar(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "-.*\\.jar"))
          .min(Path::compareTo);
    } catch (IOException e) {
      return Optional.empty(); // what cannot be listed cannot be used either
    }
  }

  private static String setIt() {
    return "set %s to the folder of a TornadoVM SDK".formatted(VARIABLE);
  }
}
