package dev.swax.cli.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of the page. */
final class Resource {
  private static final Pattern NAME = Pattern.compile("/[a-z-]+\\.(html|css|js|svg)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final String type;
  private final byte[] bytes;

  private Resource(String type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** The one of that path; {@code /} is the page itself. */
  static Optional<Resource> find(String path) {
    String name = path.equals("/") ? "/index.html" : path;
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    try (InputStream in = Resource.class.getResourceAsStream("page" + name)) {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return in == null || type == null
          ? Optional.empty()
          : Optional.of(new Resource(type, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String type() {
    return type;
  }

  byte[] bytes() {
    return bytes;
  }
}
