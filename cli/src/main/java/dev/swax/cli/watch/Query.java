package dev.swax.cli.watch;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a request asks, behind its question mark. */
final class Query {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  Query(URI uri) {
    String text = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        values
            .computeIfAbsent(decode(part.substring(0, equals)), _ -> new ArrayList<>())
            .add(decode(part.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequest("`%s` is not encoded as in a URL".formatted(text));
    }
  }

  /** A request that means nothing; its message goes to who asked. */
  static final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
      super(message);
    }
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  String one(String name, String otherwise) {
    List<String> all = all(name);
    return all.isEmpty() ? otherwise : all.getFirst();
  }

  double number(String name, double otherwise) {
    String text = one(name, "");
    try {
      return text.isEmpty() ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadRequest("`%s` is `%s`, but a number is expected".formatted(name, text));
    }
  }

  CurveJson.Across across() {
    String word = one("x", "step");
    return Stream.of(CurveJson.Across.values())
        .filter(across -> across.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new BadRequest("`x` is `%s`, but not step, tokens or time".formatted(word)));
  }
}
