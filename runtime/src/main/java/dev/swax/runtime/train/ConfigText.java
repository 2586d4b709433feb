package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.Visible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The text of config.txt: a line {@code path = value} for each value. A value stays on its line:
 * its backslashes are doubled, and characters that do not show are written as <code>\n</code>,
 * <code>\r</code>, <code>\t</code> or <code>\{202E}</code>. The first line says so; where it is
 * missing, an older swax wrote the values as they are.
 */
public final class ConfigText {
  private static final String ESCAPED = "config.escapes";
  private static final String EQUALS = " = ";

  private ConfigText() {}

  static String write(SequencedMap<String, String> values) {
    var text = new StringBuilder(ESCAPED + EQUALS + "yes\n");
    values.forEach(
        (path, value) -> text.append(path).append(EQUALS).append(escape(value)).append('\n'));
    return text.toString();
  }

  private static String escape(String value) {
    var escaped = new StringBuilder();
    value
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> escaped.append("\\\\");
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> {
              if (Visible.is(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append("\\{%X}".formatted(c));
              }
            }
          }
        });
    return escaped.toString();
  }

  /** Every value by its path; {@code name} is what messages call the file. */
  static SequencedMap<String, String> read(String text, String name) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    boolean escaped = !lines.isEmpty() && lines.getFirst().startsWith(ESCAPED + EQUALS);
    for (int i = escaped ? 1 : 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int equals = line.indexOf(EQUALS);
      if (equals > 0) {
        String value = line.substring(equals + EQUALS.length());
        String path = line.substring(0, equals);
        if (values.put(path, escaped ? unescape(value, name, i + 1) : value) != null) {
          throw new UserError(
              "%s says `%s` twice, again on line %d".formatted(name, path, i + 1), null);
        }
      }
    }
    return values;
  }

  private static String unescape(String value, String name, int line) {
    var plain = new StringBuilder();
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      at++;
      switch (at < value.length() ? value.charAt(at) : ' ') {
        case '\\' -> plain.append('\\');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case '{' -> {
          int end = value.indexOf('}', at);
          plain.appendCodePoint(
              codePoint(value.substring(at + 1, Math.max(at + 1, end)), name, line));
          at = end;
        }
        default -> throw unreadable(name, line);
      }
    }
    return plain.toString();
  }

  private static int codePoint(String digits, String name, int line) {
    if (digits.matches("[0-9A-F]{1,6}")) {
      int c = Integer.parseInt(digits, 16);
      if (Character.isValidCodePoint(c)) {
        return c;
      }
    }
    throw unreadable(name, line);
  }

  private static UserError unreadable(String name, int line) {
    return new UserError(
        "%s is damaged: line %d has an unknown escape after `\\`".formatted(name, line), null);
  }
}
