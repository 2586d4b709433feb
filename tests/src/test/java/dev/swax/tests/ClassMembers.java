package dev.swax.tests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fields and methods of a generated class, by their names, as they are written. */
final class ClassMembers {
  private static final Pattern DECLARATION =
      Pattern.compile("^ {2}(?! )(?![/@*])[^(=;{]*?(\\w+(?:\\(|(?= = |;)))", Pattern.MULTILINE);

  private final Map<String, String> members = new LinkedHashMap<>();

  private ClassMembers() {}

  /** Members stand one blank line apart, and have none inside. */
  static ClassMembers of(String source) {
    var found = new ClassMembers();
    String body =
        source.substring(source.indexOf(" {\n", source.indexOf("public final class")) + 3);
    for (String member : body.substring(0, body.lastIndexOf("}")).split("\n\n")) {
      Matcher declaration = DECLARATION.matcher(member);
      if (!declaration.find()) {
        throw new AssertionError("neither a field nor a method: " + member);
      }
      String before = found.members.put(declaration.group(1), member.stripTrailing() + "\n");
      if (before != null) {
        throw new AssertionError("declared twice: " + declaration.group(1));
      }
    }
    return found;
  }

  int size() {
    return members.size();
  }

  /** The text of a member; a method's name ends in a parenthesis. */
  String get(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  void forEach(BiConsumer<String, String> member) {
    members.forEach(member);
  }

  /** Those that fit, by name and text. */
  ClassMembers where(BiPredicate<String, String> fits) {
    var some = new ClassMembers();
    members.forEach((name, text) -> {
      if (fits.test(name, text)) {
        some.members.put(name, text);
      }
    });
    return some;
  }

  /** Fields stand together. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (String member : members.values()) {
      boolean method = member.contains("{\n");
      text.append(method && !text.isEmpty() ? "\n" : "").append(member);
    }
    return text.toString();
  }

  /**
   * What another program has not: its own members whole; of those that both have, the lines that
   * only this one has.
   */
  String beyond(ClassMembers other) {
    var changed = new StringBuilder();
    members.forEach((name, member) -> {
      String known = other.members.get(name);
      if (known != null && !known.equals(member)) {
        changed
            .append(changed.isEmpty() ? "" : "\n")
            .append("  // in ")
            .append(name.replace("(", ""))
            .append(":\n");
        lines(member, known).forEach(line -> changed.append(line).append('\n'));
      }
    });
    String added = where((name, _) -> !other.members.containsKey(name)).toString();
    return changed + (added.isEmpty() || changed.isEmpty() ? "" : "\n") + added;
  }

  private static List<String> lines(String member, String known) {
    Set<String> same = new LinkedHashSet<>(known.lines().toList());
    List<String> lines = new ArrayList<>(member.lines().toList());
    lines.removeIf(same::contains);
    return lines;
  }
}
