package dev.swax.benchmarks.libtorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch, and makes sure that it is the official build: another build of the same version
 * would be slower and flatter us.
 */
public final class OfficialLibrary {
  /** System property: the folder with the official libraries. */
  public static final String FOLDER = "swax.libtorch";

  private static final List<String> LIBRARIES =
      List.of("libc10.so", "libtorch_cpu.so", "libtorch.so");

  private OfficialLibrary() {}

  /** Loads the library and sets its threads. */
  static void load(int threads) throws IOException {
    Path folder = Path.of(System.getProperty(FOLDER, "")).toAbsolutePath();
    System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
    System.setProperty("org.bytedeco.javacpp.platform.preloadpath", folder.toString());
    Loader.load(torch.class);
    requireLoadedFrom(folder);
    requireMkl();
    torch.set_num_threads(threads);
  }

  /** One line about the library. */
  static String describe() {
    return torch
        .show_config()
        .getString()
        .lines()
        .map(String::strip)
        .filter(line ->
            line.contains("Math Kernel") || line.contains("MKL-DNN") || line.contains("capability"))
        .map(line -> line.replaceAll("^- | for Intel.*| \\(Git.*", ""))
        .reduce("libtorch 2.7.1", (all, line) -> all + "; " + line);
  }

  private static void requireLoadedFrom(Path folder) throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      List<String> loaded = maps.filter(line -> line.endsWith(".so")).toList();
      for (String library : LIBRARIES) {
        List<String> paths =
            loaded.stream()
                .filter(line -> line.endsWith("/" + library))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .toList();
        if (!paths.equals(List.of(folder.resolve(library).toString()))) {
          throw new IllegalStateException(
              "%s was loaded from %s, not from %s".formatted(library, paths, folder));
        }
      }
    }
  }

  private static void requireMkl() {
    String config = torch.show_config().getString();
    for (String needed : List.of("TORCH_VERSION=2.7.1", "BLAS_INFO=mkl", "USE_MKLDNN=ON")) {
      if (!config.contains(needed)) {
        throw new IllegalStateException(
            "not the official build, " + needed + " is not in " + config);
      }
    }
  }
}
