package dev.swax.tokenizers;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The library that comes in its jar, unpacked into swax's cache folder and loaded once. A file that
 * is there already is loaded only where its content is that of the jar.
 */
final class NativeLibrary {
  private static final String NAME = System.mapLibraryName("tokenizers");

  private NativeLibrary() {}

  /** Loaded when this class is. */
  private static final class Loaded {
    static final @Nullable UserError FAILURE = load();
  }

  /** Refuses to go on where there is no library for this machine. */
  static void require() {
    if (Loaded.FAILURE != null) {
      throw Loaded.FAILURE;
    }
  }

  @SuppressWarnings("restricted") // swax is started with --enable-native-access
  private static @Nullable UserError load() {
    String folder = "native/lib/%s-%s/cpu/".formatted(system(), processor());
    try {
      for (String name : names()) {
        byte[] library = content(folder + name);
        if (library.length == 0) {
          return new UserError(
              "`hf` has no native library for %s on %s".formatted(system(), processor()),
              "use `bytes` or `characters`");
        }
        System.load(unpacked(name, library).toString());
      }
      return null;
    } catch (IOException e) {
      return failure(Reasons.of(e));
    } catch (UnsatisfiedLinkError e) {
      return failure(String.valueOf(e.getMessage()));
    }
  }

  private static UserError failure(String reason) {
    return new UserError(
        "cannot load the native library of `hf` from %s: %s".formatted(cache(), reason),
        "set `SWAX_CACHE` to a folder that may be written to and may hold programs");
  }

  /** What has to be loaded, in order. */
  private static List<String> names() {
    return system().equals("win")
        ? List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", NAME)
        : List.of(NAME);
  }

  private static byte[] content(String resource) throws IOException {
    try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  /** The file in the cache folder. */
  private static Path unpacked(String name, byte[] library) throws IOException {
    String hash = HexFormat.of().formatHex(Hashes.sha256().digest(library));
    Path folder = cache().resolve("native").resolve(hash.substring(0, 16));
    Path file = folder.resolve(name).toAbsolutePath();
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), library)) {
      return file;
    }
    Files.createDirectories(folder);
    NewFile.write(file, library);
    return file;
  }

  private static Path cache() {
    return Caching.root(System.getenv(), Path.of(""));
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("win") ? "win" : name.startsWith("mac") ? "osx" : name;
  }

  private static String processor() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
