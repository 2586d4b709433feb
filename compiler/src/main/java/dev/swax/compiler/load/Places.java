package dev.swax.compiler.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the classes that a source imports come from: jars, or folders while swax itself is worked
 * on. What javac makes of a source depends on them too, since it copies constants and chooses
 * methods. They are taken to be the same while their files have the same sizes and times.
 */
final class Places {
  private static final String IMPORT = "import ";
  private static final String FILE = "file";

  /** Looked at once: a process keeps the classes that it began with. */
  private static final Map<URI, String> SEEN = new ConcurrentHashMap<>();

  private Places() {}

  /** A line for each, in the order of the imports. */
  static String describe(String source) {
    return source
        .lines()
        .filter(line -> line.startsWith(IMPORT))
        .map(line -> line.substring(IMPORT.length(), line.indexOf(';')))
        .flatMap(Places::find)
        .distinct()
        .map(place -> SEEN.computeIfAbsent(place, seen -> seen + " " + stamps(Path.of(seen))))
        .collect(Collectors.joining("\n"));
  }

  /** None for a class of Java itself. */
  private static Stream<URI> find(String type) {
    String resource = type.replace('.', '/') + ".class";
    URL found = Places.class.getClassLoader().getResource(resource);
    try {
      if (found == null) {
        throw new IllegalStateException(
            "the generated class imports " + type + ", which is nowhere");
      }
      if (found.openConnection() instanceof JarURLConnection jar) {
        return Stream.of(jar.getJarFileURL().toURI());
      }
      String all = found.toString();
      return found.getProtocol().equals(FILE)
          ? Stream.of(new URI(all.substring(0, all.length() - resource.length())))
          : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot find " + type, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot find " + type, e);
    }
  }

  /** Sizes and times of a jar, or of all files below a folder. */
  static String stamps(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .sorted()
          .filter(Files::isRegularFile)
          .map(file -> stamp(place, file))
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + place, e);
    }
  }

  private static String stamp(Path place, Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return place.relativize(file) + ":" + attributes.size() + ":" + attributes.lastModifiedTime();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + file, e);
    }
  }
}
